package com.foobar.gateway.netty;

import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/**
 * By when something must have happened. Setting and lifting it is as good as free,
 * because there is one timer at most: when it fires it looks whether the deadline was
 * moved meanwhile. A timer for each setting would cost every request several.
 * <p>
 * Used on one event loop only.
 */
public final class Deadline {

	private final EventExecutor loop;

	private final Runnable missed;

	private boolean set;

	private long due;

	private @Nullable ScheduledFuture<?> timer;

	private long timerDue;

	/**
	 * @param loop where it is used
	 * @param missed what happens then
	 */
	public Deadline(EventExecutor loop, Runnable missed) {
		this.loop = loop;
		this.missed = missed;
	}

	/**
	 * Sets it, or sets it anew.
	 * @param nanos nanoseconds from now
	 */
	public void set(long nanos) {
		this.set = true;
		this.due = this.loop.ticker().nanoTime() + nanos;
		if (this.timer != null && this.timerDue - this.due <= 0) {
			return;
		}
		cancel();
		schedule(nanos);
	}

	/** Whether there is one. */
	public boolean isSet() {
		return this.set;
	}

	/** There is none for now. */
	public void lift() {
		this.set = false;
	}

	/** There will be none any more. */
	public void close() {
		this.set = false;
		cancel();
	}

	private void cancel() {
		if (this.timer != null) {
			this.timer.cancel(false);
			this.timer = null;
		}
	}

	private void schedule(long nanos) {
		this.timerDue = this.due;
		this.timer = this.loop.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
	}

	private void look() {
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
			this.missed.run();
		}
	}

}
