package com.foobar.gateway.health;

import java.time.Instant;

import com.foobar.gateway.backend.BackendState.HealthState;
import com.foobar.gateway.backend.BackendState;

/**
 * The state of a backend after a check. A pure function of the state before and the
 * result.
 * <p>
 * A response "not ready" counts at once: it is no network noise, and the backend may be
 * shutting down. A missing response counts after {@code fall} checks, or at once if a
 * request has failed too. Recovery takes {@code rise} checks, except for a backend that
 * is new or was only suspected.
 *
 * @param rise consecutive successful checks after which a backend is up
 * @param fall consecutive failed checks after which a backend is down
 */
record HealthRules(int rise, int fall) {

	BackendState after(BackendState before, ReadinessCheck.Result result, Instant now) {
		if (result instanceof ReadinessCheck.Result.Ready ready) {
			int successes = increment(before.successes());
			return before.checked(isUp(before.health(), successes) ? HealthState.UP : before.health(), ready.writes(),
					null, successes, 0, now);
		}
		int failures = increment(before.failures());
		if (result instanceof ReadinessCheck.Result.NotReady notReady) {
			return before.checked(HealthState.NOT_READY, before.writes(), notReady.reason(), 0, failures, now);
		}
		ReadinessCheck.Result.Failed failed = (ReadinessCheck.Result.Failed) result;
		boolean down = failures >= this.fall || before.health() == HealthState.SUSPECTED;
		return before.checked(down ? HealthState.DOWN : before.health(), before.writes(), failed.error(), 0, failures,
				now);
	}

	private boolean isUp(HealthState before, int successes) {
		return switch (before) {
			case UP, UNKNOWN, SUSPECTED -> true;
			case NOT_READY, DOWN -> successes >= this.rise;
		};
	}

	private static int increment(int count) {
		return (count < Integer.MAX_VALUE) ? count + 1 : count;
	}

}
