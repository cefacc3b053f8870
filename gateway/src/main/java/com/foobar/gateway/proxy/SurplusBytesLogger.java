package com.foobar.gateway.proxy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import com.foobar.gateway.backend.Backend;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says that a backend sends bytes that belong to no response, which costs it a connection
 * each time: once a minute, since a backend that sends a body with HEAD does it always.
 * <p>
 * Thread-safe.
 */
final class SurplusBytesLogger {

	private static final Logger logger = LoggerFactory.getLogger(SurplusBytesLogger.class);

	private static final long INTERVAL = Duration.ofMinutes(1).toNanos();

	private final Backend backend;

	private final AtomicLong connections = new AtomicLong();

	private final AtomicLong next = new AtomicLong(System.nanoTime());

	SurplusBytesLogger(Backend backend) {
		this.backend = backend;
	}

	/** A connection is closed for it. */
	void closed() {
		this.connections.incrementAndGet();
		long now = System.nanoTime();
		long due = this.next.get();
		if (now - due >= 0 && this.next.compareAndSet(due, now + INTERVAL)) {
			logger.warn("{} sent bytes that belong to no response; closed connections since the last such line: {}",
					this.backend, this.connections.getAndSet(0));
		}
	}

}
