package com.foobar.gateway.netty;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

import com.foobar.gateway.accesslog.AccessLog;
import com.foobar.gateway.http.Problem;
import com.foobar.gateway.http.ProblemWriter;
import com.foobar.gateway.http.RequestId;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;

/**
 * Adds problem details to the empty responses with which Reactor Netty rejects requests
 * that it cannot decode (malformed, or beyond the limits), and logs them. Such requests
 * never reach the request handler. The responses are recognized by the missing request
 * id, which every response of the gateway has.
 */
@Sharable
public final class DecodingErrorHandler extends ChannelOutboundHandlerAdapter {

	private final AccessLog accessLog;

	/**
	 * @param accessLog logs the requests
	 */
	public DecodingErrorHandler(AccessLog accessLog) {
		this.accessLog = accessLog;
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		boolean rejection = msg instanceof FullHttpResponse response && isEmptyRejection(response);
		var unused = ctx.write(rejection ? withProblem(ctx, (FullHttpResponse) msg) : msg, promise);
	}

	private static boolean isEmptyRejection(FullHttpResponse response) {
		return response.status().code() >= 400 && response.status().code() < 500 && !response.content().isReadable()
				&& !response.headers().contains(RequestId.HEADER)
				&& response.headers().contains(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE, true);
	}

	private FullHttpResponse withProblem(ChannelHandlerContext ctx, FullHttpResponse response) {
		String requestId = RequestId.acceptOrMake(null);
		Problem problem = Problem.of(response.status(), detail(response.status()));
		ByteBuf body = ByteBufUtil.encodeString(ctx.alloc(),
				CharBuffer.wrap(ProblemWriter.problemDetails(problem, requestId)), StandardCharsets.UTF_8);
		HttpHeaders headers = response.headers();
		headers.set(HttpHeaderNames.CONTENT_TYPE, ProblemWriter.PROBLEM_JSON);
		headers.setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
		headers.set(HttpHeaderNames.CACHE_CONTROL, HttpHeaderValues.NO_STORE);
		headers.set(RequestId.HEADER, requestId);
		this.accessLog.unreadable(ctx.channel().remoteAddress(), response.status().code(), body.readableBytes(),
				requestId);
		FullHttpResponse withProblem = response.replace(body);
		response.release();
		return withProblem;
	}

	/**
	 * The detail of the problem.
	 * @param status why the request is rejected
	 */
	public static String detail(HttpResponseStatus status) {
		return switch (status.code()) {
			case 413 -> "The body of the request is larger than this server accepts.";
			case 414 -> "The request line is longer than this server accepts.";
			case 431 -> "The headers of the request are larger than this server accepts.";
			default -> "The request is not valid HTTP.";
		};
	}

}
