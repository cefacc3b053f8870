package com.foobar.gateway.health;

import java.time.Clock;
import java.time.Instant;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.Backends;

/**
 * Counts consecutive failures of requests at each backend, and ejects a backend that
 * reaches the limit: an instance can pass its health checks and fail its requests.
 * <p>
 * Thread-safe; called on event loops for every attempt.
 */
public class OutlierDetector {

	private final Backends backends;

	private final OutlierDetectionRules rules;

	private final Clock clock;

	OutlierDetector(Backends backends, OutlierDetectionRules rules, Clock clock) {
		this.backends = backends;
		this.rules = rules;
		this.clock = clock;
	}

	/** Whether a response counts as a failure of the backend. */
	public static boolean isFailure(int status) {
		return status == 500 || (status >= 502 && status <= 504);
	}

	/** A request succeeded. */
	public void succeeded(Backend backend) {
		backend.forgetFailures();
	}

	/** A request failed. */
	public void failed(Backend backend, String error) {
		if (this.rules.isThresholdReached(backend.failed())) {
			backend.forgetFailures();
			Instant now = this.clock.instant();
			this.backends.update(backend, (state, all) -> this.rules.after(state, all, error, now));
		}
	}

}
