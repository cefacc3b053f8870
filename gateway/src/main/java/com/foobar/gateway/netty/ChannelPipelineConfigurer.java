package com.foobar.gateway.netty;

import com.foobar.gateway.shutdown.OpenConnections;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Adds the gateway's handlers to the pipelines of client connections: with TLS only after
 * the handshake, because there is no HTTP codec before the protocol is negotiated.
 * <p>
 * Handlers of an HTTP/1 connection, from the socket to the request handler:
 * {@link HeaderTimeout} and {@link RequestSmugglingGuard} (bytes), the codec,
 * {@link PipelinedCloseHandler}, {@link WriteTimeoutHandler},
 * {@link DecodingErrorHandler}, {@link RequestSmugglingGuard} (messages),
 * {@link BodyTimeoutHandler}, {@link HeaderTimeout} (messages).
 */
public final class ChannelPipelineConfigurer {

	private final ClientTimeouts timeouts;

	private final int streams;

	private final OpenConnections connections;

	private final DecodingErrorHandler decodingErrors;

	/**
	 * @param timeouts timeouts of clients
	 * @param streams most concurrent HTTP/2 streams of one connection
	 * @param connections registers each connection
	 * @param decodingErrors adds a body to responses to undecodable requests
	 */
	public ChannelPipelineConfigurer(ClientTimeouts timeouts, int streams, OpenConnections connections,
			DecodingErrorHandler decodingErrors) {
		this.timeouts = timeouts;
		this.streams = streams;
		this.connections = connections;
		this.decodingErrors = decodingErrors;
	}

	public HttpServer install(HttpServer server) {
		return server.childObserve(this::guardStream).doOnChannelInit((observer, channel, remote) -> {
			if (!guard(channel)) {
				channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, "afterHandshake", new AfterHandshake());
			}
		});
	}

	// HTTP/2 streams are created with their requests and have no initializer of their
	// own.
	private void guardStream(Connection connection, ConnectionObserver.State state) {
		if (state == ConnectionObserver.State.CONFIGURED && connection.channel() instanceof Http2StreamChannel stream
				&& stream.pipeline().get(NettyPipeline.H2ToHttp11Codec) != null) {
			BodyTimeoutHandler.install(stream, this.timeouts);
			WriteTimeoutHandler.install(stream, this.timeouts.send());
		}
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
				.addBefore(NettyPipeline.HttpCodec, "headerTimeout", new Http2HeaderTimeoutHandler(this.timeouts))
				.addAfter(NettyPipeline.HttpCodec, "targets", Http2TargetEncoder.INSTANCE)
				.addAfter(NettyPipeline.HttpCodec, "idle", new Http2IdleHandler(frames, this.timeouts.idle()));
			this.connections.addHttp2(channel);
			return true;
		}
		return false;
	}

	private void guardHttp1(ChannelPipeline pipeline) {
		HeaderTimeout timeout = new HeaderTimeout(this.timeouts);
		pipeline.addBefore(NettyPipeline.HttpCodec, "headerTimeout.bytes", timeout.beforeCodec());
		pipeline.addAfter(NettyPipeline.HttpCodec, "headerTimeout.messages", timeout.afterCodec());
		BodyTimeoutHandler.install(pipeline, this.timeouts);
		RequestSmugglingGuard guard = new RequestSmugglingGuard();
		pipeline.addBefore(NettyPipeline.HttpCodec, "smugglingGuard.bytes", guard.beforeCodec());
		pipeline.addAfter(NettyPipeline.HttpCodec, "smugglingGuard.messages", guard.afterCodec());
		pipeline.addAfter(NettyPipeline.HttpCodec, "decodingErrors", this.decodingErrors);
		WriteTimeoutHandler.install(pipeline, this.timeouts.send());
		pipeline.addAfter(NettyPipeline.HttpCodec, "pipelinedClose", new PipelinedCloseHandler());
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
