package com.foobar.gateway.edge;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Installs the handlers that work below requests: with TLS only after the handshake,
 * because there is no HTTP codec to place them by before the protocol is agreed on.
 */
final class ConnectionGuards {

	private final ClientTimeouts timeouts;

	private final int streams;

	private final OpenConnections connections;

	private final UnreadableRequests unreadable;

	/**
	 * @param timeouts how long clients may take
	 * @param streams HTTP/2 streams at the same time on one connection
	 * @param connections hears of each connection
	 * @param unreadable explains what could not be read
	 */
	ConnectionGuards(ClientTimeouts timeouts, int streams, OpenConnections connections, UnreadableRequests unreadable) {
		this.timeouts = timeouts;
		this.streams = streams;
		this.connections = connections;
		this.unreadable = unreadable;
	}

	/**
	 * What watches over the answer to a request. HTTP/2 streams, which only come with
	 * their requests, are guarded from here on.
	 * @param channel of the request
	 * @param timeouts how long its client may take
	 * @return null if nothing does
	 */
	static @Nullable AnswerProgress ofRequest(Channel channel, ClientTimeouts timeouts) {
		if (channel instanceof Http2StreamChannel stream
				&& stream.pipeline().get(NettyPipeline.H2ToHttp11Codec) != null) {
			BodyDeadline.install(stream, timeouts);
			AnswerProgress.install(stream, timeouts.answer());
		}
		return channel.pipeline().get(AnswerProgress.class);
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
			channel.pipeline()
				.addBefore(NettyPipeline.HttpCodec, "headerDeadline", new Http2HeaderDeadline(this.timeouts))
				.addAfter(NettyPipeline.HttpCodec, "targets", Http2Targets.INSTANCE)
				.addAfter(NettyPipeline.HttpCodec, "idle", new Http2Idle(frames, this.timeouts.idle()));
			this.connections.addHttp2(channel);
			return true;
		}
		return false;
	}

	private void guardHttp1(ChannelPipeline pipeline) {
		RequestDeadline deadline = new RequestDeadline(this.timeouts);
		pipeline.addBefore(NettyPipeline.HttpCodec, "requestDeadline.bytes", deadline.beforeCodec());
		pipeline.addAfter(NettyPipeline.HttpCodec, "requestDeadline.messages", deadline.afterCodec());
		BodyDeadline.install(pipeline, this.timeouts);
		StrictRequests strict = new StrictRequests();
		pipeline.addBefore(NettyPipeline.HttpCodec, "strictRequests.bytes", strict.beforeCodec());
		pipeline.addAfter(NettyPipeline.HttpCodec, "strictRequests.messages", strict.afterCodec());
		pipeline.addAfter(NettyPipeline.HttpCodec, "unreadableRequests", this.unreadable);
		AnswerProgress.install(pipeline, this.timeouts.answer());
		pipeline.addAfter(NettyPipeline.HttpCodec, "pipelinedRequests", new PipelinedRequests());
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
