package com.foobar.gateway.netty;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DefaultHttp2PingFrame;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.timeout.IdleState;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.handler.timeout.IdleStateHandler;

/**
 * Closes HTTP/2 connections on which no frame was sent or received within the idle
 * timeout. While streams are active, such as silent event streams, the client is sent a
 * PING first and has the same time again to acknowledge it.
 * <p>
 * One instance for each connection.
 */
final class Http2IdleHandler extends IdleStateHandler {

	private final Http2FrameCodec codec;

	private boolean pinged;

	Http2IdleHandler(Http2FrameCodec codec, Duration timeout) {
		super(0, 0, timeout.toNanos(), TimeUnit.NANOSECONDS);
		this.codec = codec;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) throws Exception {
		this.pinged = false;
		super.channelRead(ctx, msg);
	}

	@Override
	protected void channelIdle(ChannelHandlerContext ctx, IdleStateEvent event) {
		if (event.state() != IdleState.ALL_IDLE) {
			return;
		}
		if (this.codec.connection().numActiveStreams() == 0) {
			var unused = ctx.close();
		}
		else if (this.pinged) {
			// Bypasses the codec, which would wait for the active streams.
			var unused = ctx.pipeline().firstContext().close();
		}
		else {
			this.pinged = true;
			var unused = ctx.writeAndFlush(new DefaultHttp2PingFrame(0));
		}
	}

}
