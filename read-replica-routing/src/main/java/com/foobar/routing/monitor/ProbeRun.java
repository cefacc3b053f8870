package com.foobar.routing.monitor;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A probe of a server, running or finished.
 *
 * @param started when it started, by {@link System#nanoTime()}
 * @param purpose why it runs
 * @param result completed when it has finished
 */
record ProbeRun(long started, Purpose purpose, CompletableFuture<Observation> result) {

	static final ProbeRun NONE = new ProbeRun(System.nanoTime() - Duration.ofDays(1).toNanos(), Purpose.SCHEDULED,
			CompletableFuture.completedFuture(new Observation.Refused("not probed yet")));

	static ProbeRun start(Purpose purpose) {
		return new ProbeRun(System.nanoTime(), purpose, new CompletableFuture<>());
	}

	boolean isDone() {
		return this.result.isDone();
	}

	/**
	 * Why a probe runs, in ascending order of what its result may change.
	 */
	enum Purpose {

		/**
		 * To find out what the server has executed and which server is the primary. Has
		 * no effect on eligibility: probes outside the schedule must not make a server
		 * rise or fall sooner.
		 */
		DISCOVERY,

		/** Scheduled at a fixed rate. */
		SCHEDULED,

		/**
		 * To confirm a failure of a connection. A confirmed failure takes the server out
		 * at once.
		 */
		CONFIRMATION

	}

}
