package com.foobar.gateway.netty;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.timeout.ReadTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.NettyPipeline;

/**
 * Closes connections, and HTTP/2 streams, on which no part of a request's body arrives
 * within the idle timeout, or not the whole body within the body timeout. The idle
 * timeout does not count while the gateway itself does not read.
 * <p>
 * Replaces Reactor Netty's {@code readTimeout} and {@code requestTimeout}. These add a
 * handler and start two timers for each request, even if it has no body, and keep the
 * request in memory until the second one fires if the response was complete before the
 * request was.
 * <p>
 * One instance for each connection or stream.
 */
final class BodyTimeoutHandler extends TimeoutHandler {

	private static final String NAME = "bodyTimeout";

	private static final Logger logger = LoggerFactory.getLogger(BodyTimeoutHandler.class);

	private final long idleNanos;

	private final long bodyNanos;

	private boolean inBody;

	/** Whether the body did not arrive with the headers, so that it is awaited. */
	private boolean awaited;

	/** When the whole body must have arrived. */
	private long end;

	/** Whether the next part was requested. */
	private boolean asked;

	/** Whether Netty requested it, as it does while auto-read is on. */
	private boolean askedByNetty;

	/** Requests whose responses are not complete. */
	private int pendingResponses;

	private BodyTimeoutHandler(ClientTimeouts timeouts) {
		this.idleNanos = timeouts.bodyIdle().toNanos();
		this.bodyNanos = timeouts.body().toNanos();
	}

	/**
	 * Adds the handler to an HTTP/1.1 connection.
	 * @param pipeline its pipeline
	 * @param timeouts timeouts of the client
	 */
	static void install(ChannelPipeline pipeline, ClientTimeouts timeouts) {
		pipeline.addAfter(NettyPipeline.HttpCodec, NAME, new BodyTimeoutHandler(timeouts));
	}

	/**
	 * Adds the handler to an HTTP/2 stream, if a body follows its headers.
	 * @param stream the stream
	 * @param timeouts timeouts of the client
	 */
	static void install(Http2StreamChannel stream, ClientTimeouts timeouts) {
		if (stream.stream().state().remoteSideOpen()) {
			BodyTimeoutHandler body = new BodyTimeoutHandler(timeouts);
			body.inBody = true;
			body.pendingResponses = 1;
			stream.pipeline().addAfter(NettyPipeline.H2ToHttp11Codec, NAME, body);
		}
	}

	@Override
	protected void expire(ChannelHandlerContext ctx) {
		Channel channel = ctx.channel();
		if (this.askedByNetty && !channel.config().isAutoRead()) {
			this.asked = false;
		}
		if (!this.asked && this.end - System.nanoTime() > 0) {
			expect();
			return;
		}
		logger.debug("Closing {}: the request's body timed out", channel);
		if (this.pendingResponses > 0) {
			ctx.fireExceptionCaught(ReadTimeoutException.INSTANCE);
		}
		var unused = ctx.close();
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (msg instanceof HttpRequest) {
			this.pendingResponses++;
			this.inBody = true;
		}
		if (msg instanceof HttpContent) {
			this.asked = false;
		}
		if (msg instanceof LastHttpContent) {
			this.inBody = false;
			if (this.awaited) {
				cancelDeadline();
			}
			this.awaited = false;
		}
		ctx.fireChannelRead(msg);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		ctx.fireChannelReadComplete();
		if (this.inBody && !this.awaited) {
			this.awaited = true;
			this.end = System.nanoTime() + this.bodyNanos;
			expect();
		}
	}

	@Override
	public void read(ChannelHandlerContext ctx) {
		this.askedByNetty = ctx.channel().config().isAutoRead();
		if (!this.asked) {
			this.asked = true;
			if (this.awaited) {
				expect();
			}
		}
		ctx.read();
	}

	private void expect() {
		long left = this.end - System.nanoTime();
		setDeadline(this.asked ? Math.min(left, this.idleNanos) : left);
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		if (ResponseMessages.isEnd(msg)) {
			this.pendingResponses--;
		}
		var unused = ctx.write(msg, promise);
	}

}
