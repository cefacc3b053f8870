package com.foobar.gateway.netty;

import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * A time by which something must have happened. Setting and cancelling it costs almost
 * nothing, because there is at most one timer: when it fires, it checks whether the
 * deadline was moved. A timer for each setting would cost every request several.
 * <p>
 * A channel handler opens its deadlines when it is added to a pipeline, and closes them
 * when it is removed: a timer keeps everything of an ended connection in memory. Setting
 * a closed one has no effect. Confined to one event loop.
 */
public final class Deadline {

	private @Nullable EventExecutor loop;

	private Runnable onExpiry = () -> {
	};

	private boolean set;

	private long due;

	private @Nullable ScheduledFuture<?> timer;

	private long timerDue;

	/**
	 * Opens the deadline, not yet set.
	 * @param eventLoop event loop that it is confined to
	 * @param task run when the deadline expires
	 */
	public void open(EventExecutor eventLoop, Runnable task) {
		this.loop = eventLoop;
		this.onExpiry = task;
	}

	/**
	 * Sets the deadline, replacing an earlier one.
	 * @param nanos nanoseconds from now
	 */
	public void set(long nanos) {
		EventExecutor open = this.loop;
		if (open == null) {
			return;
		}
		this.set = true;
		this.due = open.ticker().nanoTime() + nanos;
		if (this.timer == null || this.timerDue - this.due > 0) {
			cancelTimer();
			schedule(open, nanos);
		}
	}

	/** Whether a deadline is set. */
	public boolean isSet() {
		return this.set;
	}

	/** Cancels the deadline; it can be set again. */
	public void cancel() {
		this.set = false;
	}

	/** Cancels the deadline, and its timer. */
	public void close() {
		this.set = false;
		this.loop = null;
		cancelTimer();
	}

	private void cancelTimer() {
		if (this.timer != null) {
			this.timer.cancel(false);
			this.timer = null;
		}
	}

	private void schedule(EventExecutor open, long nanos) {
		this.timerDue = this.due;
		this.timer = open.schedule(() -> check(open), nanos, TimeUnit.NANOSECONDS);
	}

	private void check(EventExecutor open) {
		this.timer = null;
		if (!this.set) {
			return;
		}
		long left = this.due - open.ticker().nanoTime();
		if (left > 0) {
			schedule(open, left);
		}
		else {
			this.set = false;
			this.onExpiry.run();
		}
	}

}
