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
 * Keeps serving for {@code foobar.shutdown-delay} after the shutdown signal, while
 * readiness is refused. Spring Boot's graceful shutdown closes the port together with the
 * probes, so a load balancer would notice the shutdown only by failed requests. Stops in
 * the highest phase, which is before the web server.
 */
@Component
class ShutdownDelay implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(ShutdownDelay.class);

	private final ApplicationContext context;

	private final Duration delay;

	private volatile boolean running;

	ShutdownDelay(ApplicationContext context, SiteProperties properties) {
		this.context = context;
		this.delay = properties.shutdownDelay();
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		AvailabilityChangeEvent.publish(this.context, ReadinessState.REFUSING_TRAFFIC);
		if (!this.delay.isZero()) {
			logger.info("Readiness is refused; requests are served for another {} ms", this.delay.toMillis());
			try {
				Thread.sleep(this.delay.toMillis());
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
