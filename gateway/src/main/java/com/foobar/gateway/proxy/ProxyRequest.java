package com.foobar.gateway.proxy;

import com.foobar.gateway.http.RequestContext;
import com.foobar.gateway.http.WebSocketHandshake;
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
 * @param request as received
 * @param response the response to the client
 * @param context its context
 * @param interceptor sees and may change the response; null for none
 * @param method its method
 * @param length bytes of its body; -1 if not known
 * @param hasBody whether it has one
 * @param webSocket whether it is the handshake of a WebSocket
 */
record ProxyRequest(HttpServerRequest request, HttpServerResponse response, RequestContext context,
		@Nullable ResponseInterceptor interceptor, HttpMethod method, long length, boolean hasBody, boolean webSocket) {

	static ProxyRequest of(HttpServerRequest request, HttpServerResponse response, RequestContext context,
			@Nullable ResponseInterceptor interceptor) {
		HttpHeaders headers = request.requestHeaders();
		HttpMethod method = request.method();
		long length = contentLength(headers);
		return new ProxyRequest(request, response, context, interceptor, method, length,
				length > 0 || headers.contains(HttpHeaderNames.TRANSFER_ENCODING),
				WebSocketHandshake.isOne(request.version(), method, headers));
	}

	HttpHeaders headers() {
		return this.request.requestHeaders();
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

}
