package com.foobar.gateway.health;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.BackendState.Ejection;
import com.foobar.gateway.backend.BackendState.HealthState;
import com.foobar.gateway.backend.BackendState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HealthRulesTests {

	private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

	private static final Backend BACKEND = new Backend("b", false,
			new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080));

	private final HealthRules rules = new HealthRules(2, 2);

	/**
	 * r ready, w ready without writing, n refuses, x fails.
	 */
	@ParameterizedTest(name = "{0} after {1} is {2}")
	@CsvSource({
			// a new backend serves after its first success
			"UNKNOWN, r, UP", "UNKNOWN, x, UNKNOWN", "UNKNOWN, xx, DOWN", "UNKNOWN, n, NOT_READY", "UNKNOWN, xr, UP",
			// two timeouts take a backend down, one refusal does
			"UP, x, UP", "UP, xr, UP", "UP, xrx, UP", "UP, xx, DOWN", "UP, n, NOT_READY", "UP, w, UP",
			// two successes bring it up
			"DOWN, r, DOWN", "DOWN, rr, UP", "DOWN, rxr, DOWN", "DOWN, rxrr, UP", "NOT_READY, r, NOT_READY",
			"NOT_READY, rr, UP", "NOT_READY, rnr, NOT_READY", "NOT_READY, xx, DOWN",
			// one check decides about a suspected backend
			"SUSPECTED, r, UP", "SUSPECTED, x, DOWN", "SUSPECTED, n, NOT_READY" })
	void stateFollowsFromTheChecks(HealthState before, String checks, HealthState expected) {
		assertThat(after(state(before), checks).health()).isEqualTo(expected);
	}

	@Test
	void recordsWhetherTheBackendCanWrite() {
		BackendState readOnly = after(state(HealthState.UP), "w");
		assertThat(readOnly.writes()).isFalse();
		assertThat(after(readOnly, "x").writes()).isFalse();
		assertThat(after(readOnly, "r").writes()).isTrue();
	}

	@Test
	void changesTheTimestampOnlyWithTheState() {
		BackendState up = state(HealthState.UP);
		assertThat(after(up, "r").since()).isEqualTo(up.since());
		assertThat(after(up, "n").since()).isEqualTo(NOW);
	}

	@Test
	void keepsTheLastErrorAfterRecovery() {
		BackendState state = after(state(HealthState.UP), "xr");
		assertThat(state.lastError()).isEqualTo("boom");
		assertThat(state.failures()).isZero();
	}

	@Test
	void keepsEjectionsAndOverrides() {
		Ejection ejection = new Ejection(1, 1, NOW.plusSeconds(10));
		assertThat(after(state(HealthState.UP).ejected(ejection, "responded with 500"), "r").ejection())
			.isEqualTo(ejection);
	}

	private BackendState after(BackendState state, String checks) {
		BackendState result = state;
		for (int i = 0; i < checks.length(); i++) {
			result = this.rules.after(result, result(checks.charAt(i)), NOW);
		}
		return result;
	}

	private static ReadinessCheck.Result result(char check) {
		return switch (check) {
			case 'r' -> new ReadinessCheck.Result.Ready(true);
			case 'w' -> new ReadinessCheck.Result.Ready(false);
			case 'n' -> new ReadinessCheck.Result.NotReady("OUT_OF_SERVICE");
			default -> new ReadinessCheck.Result.Failed("boom");
		};
	}

	private static BackendState state(HealthState condition) {
		return new BackendState(BACKEND, condition, true, NOW.minusSeconds(60), null, 0, 0);
	}

}
