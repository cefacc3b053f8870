package com.example.compatibility;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.springframework.modulith.events.ApplicationModuleListener;
import org.springframework.stereotype.Component;

/**
 * Counts how often each event is delivered.
 */
@Component
class Announcements {

	private final Map<String, Integer> deliveries = new ConcurrentHashMap<>();

	private final AtomicInteger running = new AtomicInteger();

	private volatile CountDownLatch held = new CountDownLatch(0);

	@ApplicationModuleListener
	void on(Board.Announcement announcement) throws InterruptedException {
		this.running.incrementAndGet();
		try {
			this.held.await();
			this.deliveries.merge(announcement.text(), 1, Integer::sum);
		}
		finally {
			this.running.decrementAndGet();
		}
	}

	/** Blocks deliveries. */
	void hold() {
		this.held = new CountDownLatch(1);
	}

	void release() {
		this.held.countDown();
	}

	boolean idle() {
		return this.running.get() == 0;
	}

	int deliveries(String text) {
		return this.deliveries.getOrDefault(text, 0);
	}

}
