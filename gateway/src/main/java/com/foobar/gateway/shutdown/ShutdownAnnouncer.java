package com.foobar.gateway.shutdown;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;

/**
 * The first step of a stop: for a while everything is still served, but readiness is
 * refused and every connection is told that it ends, an HTTP/1.1 one with its next
 * answer. So whoever keeps connections open moves on between two requests, instead of
 * finding one cut. {@link ConnectionDrainer} follow.
 */
public class ShutdownAnnouncer implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ShutdownAnnouncer.class);

	private final ApplicationContext context;

	private final Duration lead;

	private final OpenConnections connections;

	private volatile boolean running;

	private volatile boolean draining;

	public ShutdownAnnouncer(ApplicationContext context, Duration lead, OpenConnections connections) {
		this.context = context;
		this.lead = lead;
		this.connections = connections;
	}

	/** Whether answers must end their connections. */
	public boolean isDraining() {
		return this.draining;
	}

	@Override
	public void start() {
		this.draining = false;
		this.running = true;
	}

	@Override
	public void stop() {
		this.draining = true;
		AvailabilityChangeEvent.publish(this.context, ReadinessState.REFUSING_TRAFFIC);
		this.connections.announceEnd();
		if (!this.lead.isZero()) {
			logger.info("Stopping in {}; until then requests are served and connections are ended", this.lead);
			try {
				Thread.sleep(this.lead.toMillis());
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

	// Stopped before everything else, the web servers above all.
	@Override
	public int getPhase() {
		return Integer.MAX_VALUE;
	}

}
