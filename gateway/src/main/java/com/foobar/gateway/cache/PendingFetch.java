package com.foobar.gateway.cache;

import java.time.Duration;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * A forwarded request whose response may be stored. Concurrent requests for the same
 * response wait for it, so that a backend gets one. Thread-safe.
 */
final class PendingFetch {

	private final Sinks.Empty<Void> completed = Sinks.empty();

	private volatile boolean abandoned;

	/**
	 * Completes it: the response is stored, or will not be. Waiting requests look in the
	 * cache again. Idempotent.
	 */
	void complete() {
		this.completed.tryEmitEmpty();
	}

	/**
	 * Completes it because its client has left, which says nothing about the response.
	 */
	void abandon() {
		this.abandoned = true;
		complete();
	}

	boolean isAbandoned() {
		return this.abandoned;
	}

	/**
	 * Waits for its completion.
	 * @param timeout maximum time
	 * @param continuation where to continue
	 */
	Mono<Void> await(Duration timeout, Scheduler continuation) {
		return this.completed.asMono().timeout(timeout, Mono.empty()).publishOn(continuation);
	}

}
