package com.foobar.routing.monitor;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A look at a server.
 *
 * @param began when, by {@link System#nanoTime()}
 * @param purpose what it is for
 * @param found completed when it is over
 */
record Look(long began, Purpose purpose, CompletableFuture<Observation> found) {

	static final Look NONE = new Look(System.nanoTime() - Duration.ofDays(1).toNanos(), Purpose.SCHEDULED,
			CompletableFuture.completedFuture(new Observation.Refused("not asked yet")));

	static Look begin(Purpose purpose) {
		return new Look(System.nanoTime(), purpose, new CompletableFuture<>());
	}

	boolean isOver() {
		return this.found.isDone();
	}

	/**
	 * What a look is for, in ascending order of what it may change.
	 */
	enum Purpose {

		/**
		 * To learn what the server has executed and who is the primary. Says nothing
		 * about eligibility: looks beyond the schedule must not make a server rise or
		 * fall any sooner.
		 */
		DISCOVERY,

		/** One of those at a fixed pace. */
		SCHEDULED,

		/**
		 * To confirm what a borrower met. Where it does, there are two witnesses, and the
		 * server is out at once.
		 */
		CONFIRMATION

	}

}
