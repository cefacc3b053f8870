package com.foobar.gateway.shutdown;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;

/**
 * The second step of a shutdown: no connection is accepted any more, and open ones are
 * served until no request was active for a moment. The web server itself would close each
 * after its response; but a client whose response started before the shutdown was not
 * told of it, and sends its next request on the same connection.
 * <p>
 * Takes as long as requests do, up to what Spring gives each phase of a stop. Nothing is
 * left for the web server's own graceful end.
 */
public final class ConnectionDrainer implements SmartLifecycle {

	private static final Duration MOMENT = Duration.ofMillis(500);

	private static final Duration POLL_INTERVAL = Duration.ofMillis(20);

	private final BooleanSupplier underWay;

	private final OpenConnections connections;

	private final Duration moment;

	private volatile @Nullable Channel acceptor;

	private volatile @Nullable Thread waiting;

	private volatile boolean running;

	/**
	 * @param underWay whether any request is active
	 * @param connections the connections to close
	 * @param lead how long the stop was announced; if not at all, so that nobody could
	 * move on, there is no moment
	 */
	public ConnectionDrainer(BooleanSupplier underWay, OpenConnections connections, Duration lead) {
		this.underWay = underWay;
		this.connections = connections;
		this.moment = lead.isZero() ? Duration.ZERO : MOMENT;
	}

	/** Tells what accepts the connections of the site. */
	public void acceptsOn(Channel channel) {
		this.acceptor = channel;
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop(Runnable callback) {
		this.running = false;
		Channel listening = this.acceptor;
		if (listening != null) {
			listening.close().syncUninterruptibly();
		}
		Thread thread = new Thread(() -> {
			try {
				awaitQuiet();
				this.connections.close();
			}
			finally {
				// Without it the stop waits for the whole timeout of its phase.
				callback.run();
			}
		}, "last-requests");
		thread.setDaemon(true);
		this.waiting = thread;
		thread.start();
	}

	// Spring goes on without us when the phase's time is over.
	private void awaitQuiet() {
		long quietSince = System.nanoTime();
		boolean quiet = false;
		while (!quiet && !Thread.currentThread().isInterrupted()) {
			if (this.underWay.getAsBoolean()) {
				quietSince = System.nanoTime();
			}
			quiet = System.nanoTime() - quietSince >= this.moment.toNanos() && !this.underWay.getAsBoolean();
			if (!quiet) {
				LockSupport.parkNanos(POLL_INTERVAL.toNanos());
			}
		}
	}

	@Override
	public void stop() {
		Thread thread = this.waiting;
		if (thread != null) {
			thread.interrupt();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	// After what does not end by itself was told to, before the web servers.
	@Override
	public int getPhase() {
		return Integer.MAX_VALUE - 2;
	}

}
