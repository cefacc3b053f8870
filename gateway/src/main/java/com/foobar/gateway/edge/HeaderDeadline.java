package com.foobar.gateway.edge;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections whose request headers do not come to an end in time, however
 * steadily they trickle in. Netty's own time-outs look at the gaps between bytes, and a
 * client that sends one byte now and then never shows one.
 * <p>
 * It costs an ordinary request no timer: one is started only when a read ends in the
 * middle of the headers. One instance for each connection.
 */
final class HeaderDeadline {

	private static final Logger logger = LoggerFactory.getLogger(HeaderDeadline.class);

	private final long nanos;

	/** Whether the next byte belongs to the headers of a request. */
	private boolean inHeaders = true;

	/** Whether the present read ended a request, so that nothing more may be due. */
	private boolean complete;

	private @Nullable ScheduledFuture<?> timer;

	HeaderDeadline(Duration timeout) {
		this.nanos = timeout.toNanos();
	}

	/** The handler that stands before the HTTP codec. */
	ChannelInboundHandlerAdapter beforeCodec() {
		return new Bytes();
	}

	/** The handler that stands after the HTTP codec. */
	ChannelInboundHandlerAdapter afterCodec() {
		return new Messages();
	}

	private void cancel() {
		ScheduledFuture<?> started = this.timer;
		if (started != null) {
			started.cancel(false);
			this.timer = null;
		}
	}

	private final class Bytes extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object msg) {
			HeaderDeadline deadline = HeaderDeadline.this;
			deadline.complete = false;
			// The codec is called in here, and what it finds reaches Messages at once.
			ctx.fireChannelRead(msg);
			if (deadline.inHeaders && !deadline.complete && deadline.timer == null) {
				deadline.timer = ctx.executor().schedule(() -> expire(ctx), deadline.nanos, TimeUnit.NANOSECONDS);
			}
		}

		private void expire(ChannelHandlerContext ctx) {
			logger.debug("Closing {}: no complete request headers in time", ctx.channel());
			var unused = ctx.close();
		}

		@Override
		public void channelInactive(ChannelHandlerContext ctx) {
			cancel();
			ctx.fireChannelInactive();
		}

	}

	private final class Messages extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object msg) {
			if (msg instanceof HttpRequest) {
				HeaderDeadline.this.inHeaders = false;
				cancel();
			}
			if (msg instanceof LastHttpContent) {
				HeaderDeadline.this.inHeaders = true;
				HeaderDeadline.this.complete = true;
			}
			ctx.fireChannelRead(msg);
		}

	}

}
