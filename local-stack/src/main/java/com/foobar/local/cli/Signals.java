package com.foobar.local.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

/**
 * Turns Ctrl-C and SIGTERM into an orderly stop: the JVM ends after the stop, or after
 * two minutes.
 */
final class Signals {

	private final CountDownLatch requested = new CountDownLatch(1);

	private final CountDownLatch done = new CountDownLatch(1);

	private @Nullable Thread starting;

	Signals() {
		Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "stop"));
	}

	private void stop() {
		if (this.done.getCount() == 0) {
			return;
		}
		this.requested.countDown();
		synchronized (this) {
			if (this.starting != null) {
				this.starting.interrupt();
			}
		}
		try {
			if (!this.done.await(2, TimeUnit.MINUTES)) {
				System.err
					.println("foobar: not all processes ended within two minutes; the next up or down ends the rest");
			}
		}
		catch (InterruptedException ex) {
			// The JVM ends now.
		}
	}

	/**
	 * From now on a signal interrupts this thread.
	 */
	synchronized void interruptThisThread() {
		this.starting = Thread.currentThread();
		if (isStopping()) {
			this.starting.interrupt();
		}
	}

	synchronized void interruptNoThread() {
		this.starting = null;
		// The stop that follows must not be interrupted.
		Thread.interrupted();
	}

	boolean isStopping() {
		return this.requested.getCount() == 0;
	}

	/**
	 * Waits for a signal.
	 */
	void await() throws InterruptedException {
		this.requested.await();
	}

	/**
	 * Lets the JVM end.
	 */
	void done() {
		this.done.countDown();
	}

}
