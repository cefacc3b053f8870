package com.foobar.gateway.cache;

import java.time.Duration;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * One request on its way for an answer that may be kept. Others that want the same wait
 * for it, so that a backend is asked once. Thread-safe.
 */
final class PendingFetch {

	private final Sinks.Empty<Void> landed = Sinks.empty();

	private volatile boolean abandoned;

	/**
	 * Ends it: the answer is there, or will not be one to wait for. Whoever waits looks
	 * again. Does nothing if it has ended.
	 */
	void land() {
		this.landed.tryEmitEmpty();
	}

	/** Ends it because its client left, which says nothing of the answer. */
	void abandon() {
		this.abandoned = true;
		land();
	}

	boolean isAbandoned() {
		return this.abandoned;
	}

	/**
	 * Waits for its end.
	 * @param patience how long at most
	 * @param continuation where to go on
	 */
	Mono<Void> await(Duration patience, Scheduler continuation) {
		return this.landed.asMono().timeout(patience, Mono.empty()).publishOn(continuation);
	}

}
