package com.foobar.gateway.netty;

import com.foobar.gateway.http.RequestTarget;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.Http2HeadersFrame;

/**
 * Percent-encodes the targets of HTTP/2 requests, as {@link RequestTarget} does with
 * those of HTTP/1. A target that cannot be encoded is left as it is and rejected by the
 * request handler.
 */
@Sharable
final class Http2TargetEncoder extends ChannelInboundHandlerAdapter {

	static final Http2TargetEncoder INSTANCE = new Http2TargetEncoder();

	private Http2TargetEncoder() {
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (msg instanceof Http2HeadersFrame frame && frame.headers().path() != null) {
			String target = frame.headers().path().toString();
			String encoded = RequestTarget.encoded(target);
			if (encoded != null && !encoded.equals(target)) {
				frame.headers().path(encoded);
			}
		}
		ctx.fireChannelRead(msg);
	}

}
