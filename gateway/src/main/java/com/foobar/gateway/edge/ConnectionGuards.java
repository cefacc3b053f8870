package com.foobar.gateway.edge;

import java.time.Duration;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Installs the handlers that work below requests: with TLS only after the handshake,
 * because there is no HTTP codec to place them by before the protocol is agreed on.
 */
final class ConnectionGuards {

	private final Duration headerTimeout;

	private final Duration idleTimeout;

	private final Duration answerTimeout;

	private final int streams;

	private final OpenConnections connections;

	private final UnreadableRequests unreadable;

	/**
	 * @param headerTimeout time for a client to send the headers of a request
	 * @param idleTimeout time a connection may stay open between requests
	 * @param answerTimeout time for a client to take a part of an answer
	 * @param streams HTTP/2 streams at the same time on one connection
	 * @param connections hears of each connection
	 * @param unreadable explains what could not be read
	 */
	ConnectionGuards(Duration headerTimeout, Duration idleTimeout, Duration answerTimeout, int streams,
			OpenConnections connections, UnreadableRequests unreadable) {
		this.headerTimeout = headerTimeout;
		this.idleTimeout = idleTimeout;
		this.answerTimeout = answerTimeout;
		this.streams = streams;
		this.connections = connections;
		this.unreadable = unreadable;
	}

	HttpServer install(HttpServer server) {
		return server.doOnChannelInit((observer, channel, remote) -> {
			if (!guard(channel)) {
				channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, "guards", new AfterHandshake());
			}
		});
	}

	private boolean guard(Channel channel) {
		// The codecs of both versions go by the same name.
		ChannelHandler codec = channel.pipeline().get(NettyPipeline.HttpCodec);
		if (codec instanceof HttpServerCodec) {
			guardHttp1(channel.pipeline());
			this.connections.add(channel);
			return true;
		}
		if (codec instanceof Http2FrameCodec frames) {
			// Netty counts streams only once the client has acknowledged the limit, which
			// it need not do.
			frames.connection().remote().maxActiveStreams(this.streams);
			// Reactor Netty's own ends a connection whose streams are silent, too.
			channel.pipeline()
				.replace(NettyPipeline.IdleTimeoutHandler, NettyPipeline.IdleTimeoutHandler,
						new Http2Idle(frames, this.idleTimeout));
			this.connections.addHttp2(channel);
			return true;
		}
		return false;
	}

	private void guardHttp1(ChannelPipeline pipeline) {
		HeaderDeadline deadline = new HeaderDeadline(this.headerTimeout);
		pipeline.addBefore(NettyPipeline.HttpCodec, "headerDeadline.bytes", deadline.beforeCodec());
		pipeline.addAfter(NettyPipeline.HttpCodec, "headerDeadline.messages", deadline.afterCodec());
		StrictRequests strict = new StrictRequests();
		pipeline.addBefore(NettyPipeline.HttpCodec, "strictRequests.bytes", strict.beforeCodec());
		pipeline.addAfter(NettyPipeline.HttpCodec, "strictRequests.messages", strict.afterCodec());
		pipeline.addAfter(NettyPipeline.HttpCodec, "unreadableRequests", this.unreadable);
		AnswerProgress.install(pipeline, this.answerTimeout);
	}

	private final class AfterHandshake extends ChannelInboundHandlerAdapter {

		@Override
		public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
			// The handler that installs the codec stands before this one and has run.
			if (event instanceof SslHandshakeCompletionEvent) {
				guard(ctx.channel());
				ctx.pipeline().remove(this);
			}
			ctx.fireUserEventTriggered(event);
		}

	}

}
