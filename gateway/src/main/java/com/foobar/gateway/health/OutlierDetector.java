package com.foobar.gateway.health;

import java.time.Clock;
import java.time.Instant;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.Backends;

/**
 * Hears how requests fare at the backends, and ejects one where they fail one after
 * another: an instance can answer its checks and fail at all it is there for.
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

	/**
	 * Whether an answer counts as a failure of the backend.
	 * @param status its status code
	 */
	public static boolean isFailure(int status) {
		return status == 500 || (status >= 502 && status <= 504);
	}

	/**
	 * A request was answered.
	 * @param backend by whom
	 */
	public void succeeded(Backend backend) {
		backend.forgetFailures();
	}

	/**
	 * A request failed.
	 * @param backend where
	 * @param error how
	 */
	public void failed(Backend backend, String error) {
		if (this.rules.areTooMany(backend.failed())) {
			backend.forgetFailures();
			Instant now = this.clock.instant();
			this.backends.update(backend, (state, all) -> this.rules.after(state, all, error, now));
		}
	}

}
