package com.foobar.gateway.backends;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one backend at one moment.
 *
 * @param backend whose state this is
 * @param condition whether it is sent requests
 * @param writes whether it says that it can write; true until it says otherwise
 * @param since when the condition last changed
 * @param lastError why the last failed check or connection failed; kept after recovery
 * @param successes checks that succeeded since the last that did not
 * @param failures checks that failed since the last that did not
 */
public record BackendState(Backend backend, Condition condition, boolean writes, Instant since,
		@Nullable String lastError, int successes, int failures) {

	/**
	 * The state of a backend of which nothing is known yet.
	 * @param backend the new backend
	 * @param now when it was found
	 */
	public static BackendState unknown(Backend backend, Instant now) {
		return new BackendState(backend, Condition.UNKNOWN, true, now, null, 0, 0);
	}

	/**
	 * The state after a request could not be carried to the backend: it is left out at
	 * once, because every further request would lose the same time there. The next
	 * successful check takes it back.
	 * @param error why
	 * @param now when
	 */
	BackendState suspected(String error, Instant now) {
		if (this.condition != Condition.UP) {
			return this;
		}
		return new BackendState(this.backend, Condition.SUSPECTED, this.writes, now, error, 0, this.failures);
	}

}
