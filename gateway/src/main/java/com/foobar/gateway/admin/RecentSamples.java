package com.foobar.gateway.admin;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

import org.jspecify.annotations.Nullable;

/**
 * The samples of the last seconds, with which the current one is compared. A sample is
 * taken at a request of the console, so nothing runs without one; several browsers share
 * the samples. Thread-safe.
 */
final class RecentSamples {

	/** Long enough for stable rates, short enough to show changes. */
	static final Duration WINDOW = Duration.ofSeconds(10);

	private static final Duration SPACING = Duration.ofMillis(800);

	private final Deque<Sample> samples = new ArrayDeque<>();

	/**
	 * Adds a sample.
	 * @param current the current one
	 * @return the oldest one within the window; null if there is none
	 */
	synchronized @Nullable Sample compare(Sample current) {
		while (!this.samples.isEmpty() && current.nanos() - this.samples.getFirst().nanos() > WINDOW.toNanos()) {
			this.samples.removeFirst();
		}
		Sample oldest = this.samples.peekFirst();
		Sample newest = this.samples.peekLast();
		if (newest == null || current.nanos() - newest.nanos() >= SPACING.toNanos()) {
			this.samples.addLast(current);
		}
		return (oldest != null && current.nanos() - oldest.nanos() >= SPACING.toNanos()) ? oldest : null;
	}

}
