package com.foobar.gateway.admin;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * The readings of the last seconds, against which the present one is compared. They are
 * taken when somebody looks, so that nothing runs when nobody does; several who look
 * share them. Thread-safe.
 */
final class RecentSamples {

	/** Long enough for rates to be calm, short enough to see what happens. */
	static final Duration WINDOW = Duration.ofSeconds(10);

	private static final Duration SPACING = Duration.ofMillis(800);

	private final Deque<Sample> readings = new ArrayDeque<>();

	/**
	 * Adds a reading.
	 * @param present the present one
	 * @return the oldest one within the window; null if there is none
	 */
	synchronized @Nullable Sample compare(Sample present) {
		while (!this.readings.isEmpty() && present.nanos() - this.readings.getFirst().nanos() > WINDOW.toNanos()) {
			this.readings.removeFirst();
		}
		Sample oldest = this.readings.peekFirst();
		Sample newest = this.readings.peekLast();
		if (newest == null || present.nanos() - newest.nanos() >= SPACING.toNanos()) {
			this.readings.addLast(present);
		}
		return (oldest != null && present.nanos() - oldest.nanos() >= SPACING.toNanos()) ? oldest : null;
	}

}
