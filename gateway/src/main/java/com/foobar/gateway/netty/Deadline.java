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
 * Confined to one event loop.
 */
public final class Deadline {

	private final EventExecutor loop;

	private final Runnable onExpiry;

	private boolean set;

	private long due;

	private @Nullable ScheduledFuture<?> timer;

	private long timerDue;

	/**
	 * @param loop event loop that it is confined to
	 * @param onExpiry run when the deadline expires
	 */
	public Deadline(EventExecutor loop, Runnable onExpiry) {
		this.loop = loop;
		this.onExpiry = onExpiry;
	}

	/**
	 * Sets the deadline, replacing an earlier one.
	 * @param nanos nanoseconds from now
	 */
	public void set(long nanos) {
		this.set = true;
		this.due = this.loop.ticker().nanoTime() + nanos;
		if (this.timer != null && this.timerDue - this.due <= 0) {
			return;
		}
		cancelTimer();
		schedule(nanos);
	}

	/** Whether a deadline is set. */
	public boolean isSet() {
		return this.set;
	}

	/** Cancels the deadline; it can be set again. */
	public void cancel() {
		this.set = false;
	}

	/** Cancels permanently. */
	public void close() {
		this.set = false;
		cancelTimer();
	}

	private void cancelTimer() {
		if (this.timer != null) {
			this.timer.cancel(false);
			this.timer = null;
		}
	}

	private void schedule(long nanos) {
		this.timerDue = this.due;
		this.timer = this.loop.schedule(this::check, nanos, TimeUnit.NANOSECONDS);
	}

	private void check() {
		this.timer = null;
		if (!this.set) {
			return;
		}
		long left = this.due - this.loop.ticker().nanoTime();
		if (left > 0) {
			schedule(left);
		}
		else {
			this.set = false;
			this.onExpiry.run();
		}
	}

}
