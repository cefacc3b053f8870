package com.foobar.gateway.netty;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import org.jspecify.annotations.Nullable;

/**
 * A channel handler with one deadline, which lives as long as the handler is in its
 * pipeline. One instance for each connection or stream, used on its event loop.
 */
public abstract class TimeoutHandler extends ChannelDuplexHandler {

	private @Nullable Deadline deadline;

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		this.deadline = new Deadline(ctx.executor(), () -> expire(ctx));
	}

	// The timer would keep everything of an ended connection or stream in memory.
	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		closeDeadline();
	}

	/**
	 * Called when the deadline has passed.
	 * @param ctx context of this handler
	 */
	protected abstract void expire(ChannelHandlerContext ctx);

	/**
	 * Sets the deadline, replacing an earlier one. Has no effect outside of a pipeline.
	 * @param nanos nanoseconds from now
	 */
	protected final void setDeadline(long nanos) {
		if (this.deadline != null) {
			this.deadline.set(nanos);
		}
	}

	/** Cancels the deadline; it can be set again. */
	protected final void cancelDeadline() {
		if (this.deadline != null) {
			this.deadline.cancel();
		}
	}

	/** Whether a deadline is set. */
	protected final boolean hasDeadline() {
		return this.deadline != null && this.deadline.isSet();
	}

	/** Cancels the deadline permanently. */
	protected final void closeDeadline() {
		if (this.deadline != null) {
			this.deadline.close();
			this.deadline = null;
		}
	}

}
