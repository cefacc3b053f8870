package com.foobar.gateway.health;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.BackendState.Ejection;
import com.foobar.gateway.backend.BackendState.HealthState;
import com.foobar.gateway.backend.BackendState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class OutlierDetectionRulesTests {

	private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

	private final OutlierDetectionRules rules = new OutlierDetectionRules(5, Duration.ofSeconds(10),
			Duration.ofSeconds(25), 50);

	@ParameterizedTest(name = "{0} failures in a row: {1}")
	@CsvSource({ "4, false", "5, true", "6, true" })
	void countsFailures(int failures, boolean tooMany) {
		assertThat(this.rules.isThresholdReached(failures)).isEqualTo(tooMany);
		assertThat(new OutlierDetectionRules(0, Duration.ofSeconds(10), Duration.ofSeconds(25), 50)
			.isThresholdReached(failures)).isFalse();
	}

	@Test
	void ejectionTimeGrowsToItsLimit() {
		BackendState state = up();
		Instant now = NOW;
		List<Long> seconds = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			state = eject(state, 1, now);
			seconds.add(Duration.between(now, state.ejection().until()).toSeconds());
			now = state.ejection().until();
		}
		assertThat(seconds).containsExactly(10L, 20L, 25L, 25L);
		assertThat(state.ejection().total()).isEqualTo(4);
		assertThat(state.lastError()).isEqualTo("responded with 500");
	}

	@Test
	void timeWithoutAnEjectionShortensTheNext() {
		BackendState twice = up().ejected(new Ejection(2, 2, NOW.minusSeconds(15)), "responded with 500");
		assertThat(eject(twice, 1, NOW).ejection().level()).isEqualTo(2);
		assertThat(eject(twice, 1, NOW.plusSeconds(3600)).ejection().level()).isEqualTo(1);
	}

	@Test
	void doesNotProlongAnEjection() {
		BackendState out = eject(up(), 1, NOW);
		assertThat(eject(out, 1, NOW.plusSeconds(1))).isSameAs(out);
	}

	@Test
	void neverEjectsTheLastEligibleBackend() {
		BackendState last = up();
		assertThat(this.rules.after(last, List.of(last), "responded with 500", NOW)).isSameAs(last);
		BackendState down = new BackendState(backend("b"), HealthState.DOWN, true, NOW, null, 0, 0);
		assertThat(this.rules.after(last, List.of(last, down), "responded with 500", NOW)).isSameAs(last);
	}

	@ParameterizedTest(name = "{0} of {1} out already: ejected {2}")
	@CsvSource({ "0, 2, true", "0, 3, true", "1, 3, false", "1, 4, true", "2, 4, false" })
	void ejectsNoMoreThanTheMaximumShare(int out, int known, boolean ejected) {
		List<BackendState> all = new ArrayList<>();
		for (int i = 0; i < known; i++) {
			BackendState state = new BackendState(backend("b" + i), HealthState.UP, true, NOW, null, 0, 0);
			all.add((i < out) ? state.ejected(new Ejection(1, 1, NOW.plusSeconds(5)), "responded with 500") : state);
		}
		BackendState candidate = all.get(known - 1);
		assertThat(this.rules.after(candidate, all, "responded with 500", NOW).ejection().isActive(NOW))
			.isEqualTo(ejected);
	}

	private BackendState eject(BackendState state, int others, Instant now) {
		List<BackendState> all = new ArrayList<>(List.of(state));
		for (int i = 0; i < others; i++) {
			all.add(up());
		}
		return this.rules.after(state, all, "responded with 500", now);
	}

	private static BackendState up() {
		return new BackendState(backend("a"), HealthState.UP, true, NOW.minusSeconds(60), null, 0, 0);
	}

	private static Backend backend(String name) {
		return new Backend(name, false, new InetSocketAddress(InetAddress.getLoopbackAddress(), 8080));
	}

}
