package com.foobar.gateway.proxy;

import java.time.Duration;

import com.foobar.gateway.netty.Deadline;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.ReadTimeoutException;
import reactor.netty.NettyPipeline;

/**
 * Closes connections to backends on which a response does not start in time, or does not
 * continue. The time runs from the end of the request to the first bytes of the response,
 * and from one read to the next; not while nobody reads, because then the client is the
 * slow one.
 * <p>
 * Reactor Netty's {@code responseTimeout} adds a handler and starts and cancels a timer
 * for each request, and runs on while nobody reads.
 * <p>
 * One instance for each connection, used on its event loop. Stands after the HTTP codec,
 * which drops informational responses.
 */
final class ResponseTimeoutHandler extends ChannelDuplexHandler {

	private static final String NAME = "responseTimeout";

	private final Deadline deadline = new Deadline();

	private final long nanos;

	/** Whether the request was sent and its response is not complete. */
	private boolean due;

	/** Whether nothing is awaited before the next request. */
	private boolean settled;

	/** Whether a read is pending. */
	private boolean requested;

	private ResponseTimeoutHandler(Duration timeout) {
		this.nanos = timeout.toNanos();
	}

	/**
	 * Adds the handler to a connection.
	 * @param channel the connection, with its HTTP codec
	 * @param timeout time for a response to start, and between two parts of it
	 */
	static void install(Channel channel, Duration timeout) {
		channel.pipeline().addAfter(NettyPipeline.HttpCodec, NAME, new ResponseTimeoutHandler(timeout));
	}

	/** Cancels the timeout for the response that has started. */
	static void cancel(Channel channel) {
		if (channel.pipeline().get(NAME) instanceof ResponseTimeoutHandler handler) {
			handler.settle();
		}
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		this.deadline.open(ctx.executor(), () -> expire(ctx));
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		if (msg instanceof HttpRequest) {
			this.settled = false;
		}
		if (msg instanceof LastHttpContent && !this.settled) {
			this.due = true;
			extend();
		}
		var unused = ctx.write(msg, promise);
	}

	@Override
	public void read(ChannelHandlerContext ctx) {
		if (!this.requested) {
			this.requested = true;
			if (this.due) {
				extend();
			}
		}
		ctx.read();
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		// A request to read is for one read loop; with auto-read, the next follows it.
		this.requested = false;
		if (msg instanceof LastHttpContent) {
			settle();
		}
		ctx.fireChannelRead(msg);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		// Bytes count even if they are no message yet.
		if (this.due && this.requested) {
			extend();
		}
		ctx.fireChannelReadComplete();
	}

	// A response may end before its request does.
	private void settle() {
		this.due = false;
		this.settled = true;
		this.deadline.cancel();
	}

	private void extend() {
		this.deadline.set(this.nanos);
	}

	private void expire(ChannelHandlerContext ctx) {
		if (this.due && this.requested) {
			this.due = false;
			ctx.fireExceptionCaught(ReadTimeoutException.INSTANCE);
			var unused = ctx.close();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		this.due = false;
		this.deadline.close();
		ctx.fireChannelInactive();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		this.due = false;
		this.deadline.close();
	}

}
