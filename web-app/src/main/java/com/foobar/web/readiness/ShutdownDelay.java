package com.foobar.web.readiness;

import java.time.Duration;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationContext;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

import com.foobar.web.SiteProperties;

/**
 * Keeps the instance serving for {@code foobar.shutdown-delay} after it was told to stop,
 * with readiness refused. Spring Boot's graceful shutdown closes the probes together with
 * the port, so that a load balancer would learn of the end from failed requests. Stops in
 * the last phase, which is the first one to be stopped: before the web server.
 */
@Component
class ShutdownDelay implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ShutdownDelay.class);

	private final ApplicationContext context;

	private final Duration lead;

	private volatile boolean running;

	ShutdownDelay(ApplicationContext context, SiteProperties properties) {
		this.context = context;
		this.lead = properties.shutdownDelay();
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		AvailabilityChangeEvent.publish(this.context, ReadinessState.REFUSING_TRAFFIC);
		if (!this.lead.isZero()) {
			logger.info("Not ready any more; requests are served for another {} ms", this.lead.toMillis());
			try {
				Thread.sleep(this.lead.toMillis());
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return Integer.MAX_VALUE;
	}

}
