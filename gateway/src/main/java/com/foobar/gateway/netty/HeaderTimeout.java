package com.foobar.gateway.netty;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes HTTP/1 connections on which the next request does not start in time, or on which
 * its headers are not complete in time. Netty's own timeouts measure the gaps between
 * bytes, which a client that sends one byte now and then evades.
 * <p>
 * Two handlers around the codec. One instance for each connection.
 */
final class HeaderTimeout {

	private static final Logger logger = LoggerFactory.getLogger(HeaderTimeout.class);

	private final long idleNanos;

	private final long headerNanos;

	private final ChannelFutureListener onResponseSent = (sent) -> awaitRequest();

	private @Nullable Deadline deadline;

	/** Whether the next byte belongs to the headers of a request. */
	private boolean inHeaders = true;

	/** Whether some of the headers have arrived. */
	private boolean begun;

	/** Whether the current read completed a request, so that nothing more is due. */
	private boolean complete;

	/** Requests whose responses are not complete. */
	private int pendingResponses;

	HeaderTimeout(ClientTimeouts timeouts) {
		this.idleNanos = timeouts.idle().toNanos();
		this.headerNanos = timeouts.headers().toNanos();
	}

	/** The handler before the HTTP codec. */
	ChannelHandler beforeCodec() {
		return new Bytes();
	}

	/** The handler after the HTTP codec. */
	ChannelHandler afterCodec() {
		return new Messages();
	}

	private void awaitRequest() {
		if (this.pendingResponses == 0 && this.inHeaders && !this.begun && this.deadline != null) {
			this.deadline.set(this.idleNanos);
		}
	}

	private final class Bytes extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object msg) {
			HeaderTimeout state = HeaderTimeout.this;
			state.complete = false;
			// The codec is called in here, and what it finds reaches Messages at once.
			ctx.fireChannelRead(msg);
			if (state.inHeaders && !state.complete && !state.begun && state.deadline != null) {
				state.begun = true;
				state.deadline.set(state.headerNanos);
			}
		}

	}

	private final class Messages extends ChannelDuplexHandler {

		@Override
		public void handlerAdded(ChannelHandlerContext ctx) {
			HeaderTimeout.this.deadline = new Deadline(ctx.executor(), () -> expire(ctx));
			awaitRequest();
		}

		private void expire(ChannelHandlerContext ctx) {
			logger.debug("Closing {}: no {} in time", ctx.channel(),
					HeaderTimeout.this.begun ? "complete request headers" : "request");
			var unused = ctx.close();
		}

		@Override
		public void handlerRemoved(ChannelHandlerContext ctx) {
			if (HeaderTimeout.this.deadline != null) {
				HeaderTimeout.this.deadline.close();
				HeaderTimeout.this.deadline = null;
			}
		}

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object msg) {
			HeaderTimeout state = HeaderTimeout.this;
			if (msg instanceof HttpRequest) {
				state.inHeaders = false;
				state.begun = false;
				state.pendingResponses++;
				if (state.deadline != null) {
					state.deadline.cancel();
				}
			}
			if (msg instanceof LastHttpContent) {
				state.inHeaders = true;
				state.complete = true;
			}
			ctx.fireChannelRead(msg);
			if (msg instanceof LastHttpContent) {
				awaitRequest();
			}
		}

		@Override
		public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
			if (ResponseMessages.isEnd(msg)) {
				HeaderTimeout.this.pendingResponses--;
				var unused = ctx.write(msg, promise.unvoid().addListener(HeaderTimeout.this.onResponseSent));
			}
			else {
				var unused = ctx.write(msg, promise);
			}
		}

	}

}
