package com.foobar.gateway.netty;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

import com.foobar.gateway.accesslog.AccessLog;
import com.foobar.gateway.http.Problem;
import com.foobar.gateway.http.ProblemWriter;
import com.foobar.gateway.http.RequestContext;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Adds problem details to the empty responses to requests that never reach the request
 * handler, and logs them: Reactor Netty rejects what it cannot decode (malformed, or
 * beyond the limits), Spring a target that {@link java.net.URI} cannot parse (with
 * HTTP/2, one that cannot be encoded). These responses are recognized by the missing
 * request id, which every response of the gateway has.
 */
public final class EarlyRejections {

	private final ProblemWriter problems;

	private final AccessLog accessLog;

	public EarlyRejections(ProblemWriter problems, AccessLog accessLog) {
		this.problems = problems;
		this.accessLog = accessLog;
	}

	/** Replaces the response if Reactor Netty rejects a request with it. */
	HttpResponse withProblem(ChannelHandlerContext ctx, HttpResponse response) {
		return (response instanceof FullHttpResponse full && isEmptyRejection(full)) ? replace(ctx, full) : response;
	}

	private static boolean isEmptyRejection(FullHttpResponse response) {
		return response.status().code() >= 400 && response.status().code() < 500 && !response.content().isReadable()
				&& !response.headers().contains(RequestContext.REQUEST_ID)
				&& response.headers().contains(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
	}

	private FullHttpResponse replace(ChannelHandlerContext ctx, FullHttpResponse response) {
		String requestId = RequestContext.newRequestId();
		Problem problem = Problem.of(response.status(), detail(response.status()));
		ByteBuf body = ByteBufUtil.encodeString(ctx.alloc(),
				CharBuffer.wrap(ProblemWriter.problemDetails(problem, requestId)), StandardCharsets.UTF_8);
		HttpHeaders headers = response.headers();
		headers.set(HttpHeaderNames.CONTENT_TYPE, ProblemWriter.PROBLEM_JSON);
		headers.setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
		headers.set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
		headers.set(RequestContext.REQUEST_ID, requestId);
		this.accessLog.unreadable(ctx.channel().remoteAddress(), response.status().code(), body.readableBytes(),
				requestId);
		FullHttpResponse withProblem = response.replace(body);
		response.release();
		return withProblem;
	}

	/** What is wrong with a request that is rejected with a status. */
	public static String detail(HttpResponseStatus status) {
		return switch (status.code()) {
			case 413 -> "The body of the request is larger than this server accepts.";
			case 414 -> "The request line is longer than this server accepts.";
			case 431 -> "The headers of the request are larger than this server accepts.";
			default -> "The request is not valid HTTP.";
		};
	}

	/** Writes the response if Spring rejects a request with it. */
	public Mono<Void> withProblem(Mono<Void> handled, Connection connection) {
		if (connection instanceof HttpServerRequest request && connection instanceof HttpServerResponse response
				&& response.status().equals(HttpResponseStatus.BAD_REQUEST)
				&& !response.responseHeaders().contains(RequestContext.REQUEST_ID)) {
			RequestContext context = RequestContext.of(request, ClientTimeoutHandler.bytesWritten(connection.channel()),
					0);
			Problem problem = Problem.of(HttpResponseStatus.BAD_REQUEST,
					"The address has characters that no address may have.");
			return this.problems.write(request, response, problem, context)
				.doFinally((end) -> this.accessLog.write(request, response, context, end));
		}
		return handled;
	}

}
