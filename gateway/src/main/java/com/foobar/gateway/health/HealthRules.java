package com.foobar.gateway.health;

import java.time.Instant;

import com.foobar.gateway.backend.BackendState;
import com.foobar.gateway.backend.HealthState;

/**
 * What follows from a check? A pure function of the state before and the result.
 * <p>
 * A backend that says itself that it is not ready is believed at once: that is no noise
 * of the network, and it may be counting the seconds until it stops. Silence is believed
 * after {@code fall} checks, unless a request has failed there too. Recovery takes
 * {@code rise} checks, except for a backend that is new or was only suspected.
 *
 * @param rise successful checks in a row that bring a backend back
 * @param fall failed checks in a row that take a backend out
 */
record HealthRules(int rise, int fall) {

	BackendState after(BackendState before, CheckResult result, Instant now) {
		if (result instanceof CheckResult.Ready ready) {
			int successes = increment(before.successes());
			return before.checked(isUp(before.condition(), successes) ? HealthState.UP : before.condition(),
					ready.writes(), null, successes, 0, now);
		}
		int failures = increment(before.failures());
		if (result instanceof CheckResult.Refused refused) {
			return before.checked(HealthState.NOT_READY, before.writes(), refused.reason(), 0, failures, now);
		}
		CheckResult.Failed failed = (CheckResult.Failed) result;
		boolean down = failures >= this.fall || before.condition() == HealthState.SUSPECTED;
		return before.checked(down ? HealthState.DOWN : before.condition(), before.writes(), failed.error(), 0,
				failures, now);
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
