package com.foobar.gateway.edge;

import java.time.Duration;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Installs the handlers that work below requests, on HTTP/1.1 connections: with TLS only
 * after the handshake, because there is no HTTP codec to place them by before the
 * protocol is agreed on. HTTP/2 has frames, and limits of its own.
 */
final class ConnectionGuards {

	private ConnectionGuards() {
	}

	static HttpServer install(HttpServer server, Duration headerTimeout) {
		return server.doOnChannelInit((observer, channel, remote) -> {
			if (!guard(channel, headerTimeout)) {
				channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, "guards", new AfterHandshake(headerTimeout));
			}
		});
	}

	private static boolean guard(Channel channel, Duration headerTimeout) {
		ChannelPipeline pipeline = channel.pipeline();
		// The codec of HTTP/2 goes by the same name.
		if (!(pipeline.get(NettyPipeline.HttpCodec) instanceof HttpServerCodec)) {
			return false;
		}
		HeaderDeadline deadline = new HeaderDeadline(headerTimeout);
		pipeline.addBefore(NettyPipeline.HttpCodec, "headerDeadline.bytes", deadline.beforeCodec());
		pipeline.addAfter(NettyPipeline.HttpCodec, "headerDeadline.messages", deadline.afterCodec());
		StrictRequests strict = new StrictRequests();
		pipeline.addBefore(NettyPipeline.HttpCodec, "strictRequests.bytes", strict.beforeCodec());
		pipeline.addAfter(NettyPipeline.HttpCodec, "strictRequests.messages", strict.afterCodec());
		pipeline.addAfter(NettyPipeline.HttpCodec, "unreadableRequests", UnreadableRequests.INSTANCE);
		return true;
	}

	private static final class AfterHandshake extends ChannelInboundHandlerAdapter {

		private final Duration headerTimeout;

		AfterHandshake(Duration headerTimeout) {
			this.headerTimeout = headerTimeout;
		}

		@Override
		public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
			// The handler that installs the codec stands before this one and has run.
			if (event instanceof SslHandshakeCompletionEvent) {
				guard(ctx.channel(), this.headerTimeout);
				ctx.pipeline().remove(this);
			}
			ctx.fireUserEventTriggered(event);
		}

	}

}
