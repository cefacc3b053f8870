package com.foobar.gateway.shutdown;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * The first step of a shutdown: for the shutdown delay requests are still served, but
 * readiness is refused and every connection is announced to end, an HTTP/1.1 one with its
 * next response. So clients with open connections move on between two requests. The
 * {@link ConnectionDrainer} follows.
 */
public class ShutdownAnnouncer implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ShutdownAnnouncer.class);

	private final ApplicationContext context;

	private final Duration delay;

	private final OpenConnections connections;

	private volatile boolean running;

	public ShutdownAnnouncer(ApplicationContext context, Duration delay, OpenConnections connections) {
		this.context = context;
		this.delay = delay;
		this.connections = connections;
	}

	@Override
	public void start() {
		this.connections.setDraining(false);
		this.running = true;
	}

	@Override
	public void stop() {
		this.connections.setDraining(true);
		AvailabilityChangeEvent.publish(this.context, ReadinessState.REFUSING_TRAFFIC);
		this.connections.announceEnd();
		if (!this.delay.isZero()) {
			logger.info("Stopping in {}; until then requests are served and connections are ended", this.delay);
			try {
				Thread.sleep(this.delay.toMillis());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	// Stopped first, before the web servers above all.
	@Override
	public int getPhase() {
		return Integer.MAX_VALUE;
	}

}
