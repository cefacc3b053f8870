package com.foobar.gateway.forward;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.timeout.ReadTimeoutException;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import reactor.netty.NettyPipeline;

/**
 * Closes connections to backends on which an answer does not begin in time, or does not
 * go on. The time runs from the end of the request to the first bytes of the answer, and
 * from one read to the next; not while nobody wants to read, because then the client is
 * the slow one.
 * <p>
 * Reactor Netty's {@code responseTimeout} adds a handler and starts and cancels a timer
 * for each request. Here a connection has one timer at most, which outlives the requests:
 * when it goes off it looks where the deadline is by then.
 * <p>
 * One instance for each connection, used on its event loop. Stands after the HTTP codec.
 */
final class AnswerDeadline extends ChannelDuplexHandler {

	private static final String NAME = "answerDeadline";

	private final long nanos;

	/** Whether the request was sent, and its answer has not come to its end. */
	private boolean due;

	/** Whether nothing more is waited for before the next request. */
	private boolean settled;

	/** Whether the answer that comes in is the one, and no interim one. */
	private boolean isFinal;

	/** Whether somebody wants to read. */
	private boolean asked;

	private long deadline;

	private @Nullable Future<?> timer;

	private AnswerDeadline(Duration timeout) {
		this.nanos = timeout.toNanos();
	}

	/**
	 * Watches over a connection.
	 * @param channel the connection, with its HTTP codec
	 * @param timeout time for an answer to begin, and between two parts of it
	 */
	static void install(Channel channel, Duration timeout) {
		channel.pipeline().addAfter(NettyPipeline.HttpCodec, NAME, new AnswerDeadline(timeout));
	}

	/**
	 * Lets the answer that has begun take its time.
	 * @param channel the connection on which it comes
	 */
	static void lift(Channel channel) {
		if (channel.pipeline().get(NAME) instanceof AnswerDeadline deadline) {
			deadline.settle();
		}
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		if (msg instanceof HttpRequest) {
			this.settled = false;
			this.isFinal = false;
		}
		if (msg instanceof LastHttpContent && !this.settled) {
			this.due = true;
			extend(ctx);
		}
		var unused = ctx.write(msg, promise);
	}

	@Override
	public void read(ChannelHandlerContext ctx) {
		if (!this.asked) {
			this.asked = true;
			if (this.due) {
				extend(ctx);
			}
		}
		ctx.read();
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		// Asking is for one turn of reading; with auto-read, the next ask follows it.
		this.asked = false;
		if (msg instanceof HttpResponse answer) {
			this.isFinal = answer.status().codeClass() != HttpStatusClass.INFORMATIONAL
					|| answer.status().code() == HttpResponseStatus.SWITCHING_PROTOCOLS.code();
		}
		if (msg instanceof LastHttpContent && this.isFinal) {
			settle();
		}
		ctx.fireChannelRead(msg);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		// Bytes are a sign of life even if they are no message yet.
		if (this.due && this.asked) {
			extend(ctx);
		}
		ctx.fireChannelReadComplete();
	}

	// An answer may end before its request does.
	private void settle() {
		this.due = false;
		this.settled = true;
	}

	private void extend(ChannelHandlerContext ctx) {
		this.deadline = ctx.executor().ticker().nanoTime() + this.nanos;
		if (this.timer == null) {
			startTimer(ctx, this.nanos);
		}
	}

	private void startTimer(ChannelHandlerContext ctx, long delay) {
		this.timer = ctx.executor().schedule(() -> look(ctx), delay, TimeUnit.NANOSECONDS);
	}

	private void look(ChannelHandlerContext ctx) {
		this.timer = null;
		if (!this.due || !this.asked) {
			return;
		}
		long left = this.deadline - ctx.executor().ticker().nanoTime();
		if (left > 0) {
			startTimer(ctx, left);
		}
		else {
			this.due = false;
			ctx.fireExceptionCaught(ReadTimeoutException.INSTANCE);
			var unused = ctx.close();
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		stopTimer();
		ctx.fireChannelInactive();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		stopTimer();
	}

	private void stopTimer() {
		this.due = false;
		Future<?> started = this.timer;
		if (started != null) {
			started.cancel(false);
			this.timer = null;
		}
	}

}
