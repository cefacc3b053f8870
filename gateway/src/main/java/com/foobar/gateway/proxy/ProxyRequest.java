package com.foobar.gateway.proxy;

import java.util.concurrent.atomic.AtomicLong;

import com.foobar.gateway.backend.Backends;
import com.foobar.gateway.health.OutlierDetector;
import com.foobar.gateway.http.ForwardedHeaders;
import com.foobar.gateway.http.RequestContext;
import com.foobar.gateway.http.ResponseHeaders;
import com.foobar.gateway.http.WebSocketHandshake;
import com.foobar.gateway.loadbalancer.LoadBalancer;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A client's request with what is needed to forward it.
 *
 * @param services what all requests share
 * @param request as received
 * @param response the response to the client
 * @param context its context
 * @param interceptor sees and may change the response; null for none
 * @param method its method
 * @param length bytes of its body; -1 if not known
 * @param hasBody whether it has one
 * @param webSocket whether it is the handshake of a WebSocket
 */
record ProxyRequest(Services services, HttpServerRequest request, HttpServerResponse response, RequestContext context,
		@Nullable ResponseInterceptor interceptor, HttpMethod method, long length, boolean hasBody, boolean webSocket) {

	static ProxyRequest of(Services services, HttpServerRequest request, HttpServerResponse response,
			RequestContext context, @Nullable ResponseInterceptor interceptor) {
		HttpHeaders headers = request.requestHeaders();
		HttpMethod method = request.method();
		long length = contentLength(headers);
		return new ProxyRequest(services, request, response, context, interceptor, method, length,
				length > 0 || headers.contains(HttpHeaderNames.TRANSFER_ENCODING),
				WebSocketHandshake.isOne(request.version(), method, headers));
	}

	HttpHeaders headers() {
		return this.request.requestHeaders();
	}

	/** Whether the method asks for nothing to be changed (RFC 9110, section 9.2.1). */
	boolean isSafe() {
		return isSafe(this.method);
	}

	static boolean isSafe(HttpMethod method) {
		return HttpMethod.GET.equals(method) || HttpMethod.HEAD.equals(method) || HttpMethod.OPTIONS.equals(method);
	}

	/** The event loop of the client's connection. */
	EventLoop loop() {
		return ((Connection) this.response).channel().eventLoop();
	}

	/**
	 * The {@code Content-Length} of a message.
	 * @param headers headers of the message
	 * @return -1 if there is none
	 */
	static long contentLength(HttpHeaders headers) {
		String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
		return (length != null) ? Long.parseLong(length) : -1;
	}

	/**
	 * What all requests share.
	 *
	 * @param backends the backends and their states
	 * @param clients connections to the backends
	 * @param loadBalancer chooses the backend
	 * @param outlierDetector records how requests end
	 * @param retry whether a request may be retried
	 * @param budget how many may be retried
	 * @param meters count the attempts
	 * @param forwardedHeaders headers added to requests
	 * @param responseHeaders headers added to responses
	 * @param eventStreams event streams, which end when the gateway stops
	 * @param webSockets WebSockets, which end when the gateway stops
	 * @param maxBody bytes of a request's body
	 * @param responseBuffer bytes of a response that are buffered until it is complete; 0
	 * for none
	 * @param sequence counts the requests
	 */
	record Services(Backends backends, BackendClients clients, LoadBalancer loadBalancer,
			OutlierDetector outlierDetector, RetryPolicy retry, RetryBudget budget, BackendMeters meters,
			ForwardedHeaders forwardedHeaders, ResponseHeaders responseHeaders, EventStreams eventStreams,
			WebSockets webSockets, long maxBody, int responseBuffer, AtomicLong sequence) {
	}

}
