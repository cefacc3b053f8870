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
 * A client's request, and what it is answered by.
 *
 * @param request as received
 * @param response what is sent to the client
 * @param visit its passage through the gateway
 * @param tap what else is to be done with the answer
 * @param method of the request
 * @param length bytes of its body; -1 if not known
 * @param hasBody whether it has one
 * @param webSocket whether it asks for a WebSocket
 */
record ProxyRequest(HttpServerRequest request, HttpServerResponse response, RequestContext visit,
		@Nullable ResponseInterceptor tap, HttpMethod method, long length, boolean hasBody, boolean webSocket) {

	static ProxyRequest of(HttpServerRequest request, HttpServerResponse response, RequestContext visit,
			@Nullable ResponseInterceptor tap) {
		HttpHeaders headers = request.requestHeaders();
		HttpMethod method = request.method();
		long length = contentLength(headers);
		return new ProxyRequest(request, response, visit, tap, method, length,
				length > 0 || headers.contains(HttpHeaderNames.TRANSFER_ENCODING),
				WebSocketHandshake.isOne(request.version(), method, headers));
	}

	HttpHeaders headers() {
		return this.request.requestHeaders();
	}

	/** Where everything about it happens. */
	EventLoop loop() {
		return ((Connection) this.response).channel().eventLoop();
	}

	/**
	 * The length that a message announces.
	 * @param headers of the message
	 * @return -1 if it announces none
	 */
	static long contentLength(HttpHeaders headers) {
		String length = headers.get(HttpHeaderNames.CONTENT_LENGTH);
		return (length != null) ? Long.parseLong(length) : -1;
	}

}
