package com.foobar.gateway.netty;

import com.foobar.gateway.shutdown.OpenConnections;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import reactor.netty.Connection;
import reactor.netty.ConnectionObserver;
import reactor.netty.NettyPipeline;
import reactor.netty.http.server.HttpServer;

/**
 * Applies the {@link LimitsProperties} to a server, and adds the gateway's handlers to
 * the pipelines of its connections: with TLS only after the handshake, because there is
 * no HTTP codec before the protocol is negotiated.
 */
public final class ChannelPipelineConfigurer {

	private final LimitsProperties limits;

	private final OpenConnections connections;

	private final EarlyRejections rejections;

	public ChannelPipelineConfigurer(LimitsProperties limits, OpenConnections connections, EarlyRejections rejections) {
		this.limits = limits;
		this.connections = connections;
		this.rejections = rejections;
	}

	public HttpServer install(HttpServer server) {
		return server
			.httpRequestDecoder((decoder) -> decoder.maxHeaderSize((int) this.limits.headerSize().toBytes())
				.maxInitialLineLength((int) this.limits.uriSize().toBytes())
				.allowDuplicateContentLengths(false)
				.h2cMaxContentLength(0))
			.http2Settings((settings) -> settings.maxConcurrentStreams(this.limits.maxConcurrentStreams())
				.maxHeaderListSize(this.limits.http2HeaderListSize()))
			.childObserve(this::configureStream)
			.doOnChannelInit((observer, channel, remote) -> {
				if (!configure(channel)) {
					channel.pipeline().addBefore(NettyPipeline.ReactiveBridge, "afterHandshake", new AfterHandshake());
				}
			});
	}

	// HTTP/2 streams are created with their requests and have no initializer of their
	// own.
	private void configureStream(Connection connection, ConnectionObserver.State state) {
		if (state == ConnectionObserver.State.CONFIGURED && connection.channel() instanceof Http2StreamChannel stream
				&& stream.pipeline().get(NettyPipeline.H2ToHttp11Codec) != null) {
			ClientTimeoutHandler.install(stream, this.limits);
		}
	}

	private boolean configure(Channel channel) {
		// The codecs of both versions go by the same name.
		ChannelHandler codec = channel.pipeline().get(NettyPipeline.HttpCodec);
		if (codec instanceof HttpServerCodec) {
			Http1ConnectionHandler.install(channel.pipeline(), this.limits, this.rejections);
			this.connections.add(channel);
			return true;
		}
		if (codec instanceof Http2FrameCodec frames) {
			// Netty counts streams only once the client has acknowledged the limit, which
			// it need not do.
			frames.connection().remote().maxActiveStreams(this.limits.maxConcurrentStreams());
			channel.pipeline()
				.addBefore(NettyPipeline.HttpCodec, "headerTimeout", new Http2HeaderTimeoutHandler(this.limits))
				.addAfter(NettyPipeline.HttpCodec, "targets", Http2TargetEncoder.INSTANCE)
				.addAfter(NettyPipeline.HttpCodec, "idle", new Http2IdleHandler(frames, this.limits.idleTimeout()));
			this.connections.addHttp2(channel);
			return true;
		}
		return false;
	}

	private final class AfterHandshake extends ChannelInboundHandlerAdapter {

		@Override
		public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
			// The handler that installs the codec stands before this one and has run.
			if (event instanceof SslHandshakeCompletionEvent) {
				configure(ctx.channel());
				ctx.pipeline().remove(this);
			}
			ctx.fireUserEventTriggered(event);
		}

	}

}
