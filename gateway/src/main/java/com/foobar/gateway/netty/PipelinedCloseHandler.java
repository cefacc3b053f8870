package com.foobar.gateway.netty;

import java.util.ArrayList;
import java.util.List;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;

/**
 * Closes an HTTP/1 connection after the response to the request that asks for it, and not
 * before (RFC 9112, section 9.6). Reactor Netty ends the connection with the next
 * response that it writes once it has read such a request: those to requests that were
 * sent before, and whose responses are pending, would be lost.
 * <p>
 * So a request that ends the connection while responses are pending is passed on as one
 * that does not, and its response is marked here. This handler is next to the codec. One
 * instance for each connection.
 */
final class PipelinedCloseHandler extends ChannelDuplexHandler {

	/** Requests whose responses are not complete. */
	private int pendingResponses;

	/** Whether the last request is one that was changed. */
	private boolean closing;

	/** Whether all of that request has come, so that nothing more is read. */
	private boolean complete;

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (this.complete) {
			ReferenceCountUtil.release(msg);
			return;
		}
		if (msg instanceof HttpRequest request) {
			this.pendingResponses++;
			if (this.pendingResponses > 1 && !HttpUtil.isKeepAlive(request)) {
				keepAlive(request);
				this.closing = true;
			}
		}
		if (this.closing && msg instanceof LastHttpContent) {
			this.complete = true;
		}
		ctx.fireChannelRead(msg);
	}

	// Other options of Connection stay: they must not reach a backend.
	private static void keepAlive(HttpRequest request) {
		HttpHeaders headers = request.headers();
		List<String> options = new ArrayList<>();
		for (String value : headers.getAll(HttpHeaderNames.CONNECTION)) {
			for (String option : value.split(",", -1)) {
				if (!option.strip().equalsIgnoreCase("close")) {
					options.add(option.strip());
				}
			}
		}
		if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
			options.add(HttpHeaderValues.KEEP_ALIVE.toString());
		}
		if (options.isEmpty()) {
			headers.remove(HttpHeaderNames.CONNECTION);
		}
		else {
			headers.set(HttpHeaderNames.CONNECTION, options);
		}
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		boolean last = this.closing && this.pendingResponses == 1;
		if (last && msg instanceof HttpResponse response && response.status().code() >= 200) {
			response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
		}
		boolean end = ResponseMessages.isEnd(msg);
		if (end) {
			this.pendingResponses--;
		}
		var unused = (last && end) ? ctx.write(msg, promise.unvoid()).addListener(ChannelFutureListener.CLOSE)
				: ctx.write(msg, promise);
	}

}
