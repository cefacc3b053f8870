package com.foobar.gateway.backend;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

import com.foobar.gateway.backend.BackendState.AdminState;
import com.foobar.gateway.backend.BackendState.Ejection;
import com.foobar.gateway.backend.BackendState.HealthState;
import com.foobar.gateway.backend.BackendsSnapshot.EligibleBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class EligibilityRulesTests {

	private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

	private static final Ejection OUT = new Ejection(1, 1, NOW.plusSeconds(5));

	private final EligibilityRules rules = new EligibilityRules(Duration.ofSeconds(10), 50);

	@Test
	void warmBackendsHaveTheirWeight() {
		assertThat(live(up("a", 1, 60), up("b", 3, 60))).isEqualTo("a=100 b=300");
	}

	@ParameterizedTest(name = "after {0} ms the share is {1} %")
	@CsvSource({ "0, 10", "900, 10", "1500, 15", "5000, 50", "9999, 99", "10000, 100", "60000, 100" })
	void weightOfANewBackendGrows(long millis, int share) {
		BackendState fresh = state("b", 1, false, HealthState.UP, NOW.minusMillis(millis));
		assertThat(live(up("a", 1, 60), fresh)).isEqualTo("a=100 b=" + share);
	}

	@Test
	void slowStartIsOffWhenNoBackendIsWarm() {
		assertThat(live(up("a", 1, 1), up("b", 1, 5))).isEqualTo("a=100 b=100");
	}

	@Test
	void backendIsColdAfterAnEjection() {
		BackendState back = up("b", 1, 60).ejected(new Ejection(1, 1, NOW.minusSeconds(3)), "500");
		assertThat(live(up("a", 1, 60), back)).isEqualTo("a=100 b=30");
	}

	@Test
	void backendIsColdAfterADrain() {
		BackendState back = ordered(ordered(up("b", 1, 60), AdminState.DRAIN, 30), AdminState.READY, 3);
		assertThat(live(up("a", 1, 60), back)).isEqualTo("a=100 b=30");
	}

	@Test
	void fullWeightAtOnceWithoutSlowStart() {
		assertThat(text(new EligibilityRules(Duration.ZERO, 50).snapshot(List.of(up("a", 1, 60), up("b", 1, 0)), NOW)
			.live()
			.active())).isEqualTo("a=100 b=100");
	}

	@Test
	void ejectedBackendsAreNotEligible() {
		assertThat(live(up("a", 1, 60), up("b", 1, 60).ejected(OUT, "500"))).isEqualTo("a=100");
	}

	@Test
	void ejectionsAreIgnoredBelowThePanicThreshold() {
		BackendState down = state("c", 1, false, HealthState.DOWN, NOW);
		assertThat(live(up("a", 1, 60), up("b", 1, 60).ejected(OUT, "500"), down)).isEqualTo("a=100 b=100");
	}

	@Test
	void anEjectionAloneLeavesNoRequestWithoutAServer() {
		BackendState readOnly = new BackendState(backend("a", 1, false), HealthState.UP, false, NOW.minusSeconds(60),
				null, 0, 0);
		BackendState ejected = up("b", 1, 60).ejected(OUT, "500");
		BackendsSnapshot snapshot = this.rules.snapshot(List.of(readOnly, ejected), NOW);
		assertThat(text(snapshot.live().active())).isEqualTo("a=100");
		assertThat(text(snapshot.writable().active())).isEqualTo("b=100");
	}

	@Test
	void backupsServeWhileActiveBackendsAreEjected() {
		BackendState backup = state("z", 1, true, HealthState.UP, NOW.minusSeconds(60));
		BackendsSnapshot snapshot = this.rules.snapshot(List.of(up("a", 1, 60).ejected(OUT, "500"), backup), NOW);
		assertThat(snapshot.live().active()).isEmpty();
		assertThat(text(snapshot.live().backups())).isEqualTo("z=100");
	}

	@ParameterizedTest
	@CsvSource({ "DRAIN", "MAINTENANCE" })
	void overridesHoldEvenIfNoBackendIsLeft(AdminState adminState) {
		assertThat(live(ordered(up("a", 1, 60), adminState, 1))).isEmpty();
	}

	@Test
	void backendServesAfterMaintenanceOnlyOnceACheckPassed() {
		BackendState away = ordered(up("a", 1, 60), AdminState.MAINTENANCE, 30);
		assertThat(ordered(away, AdminState.DRAIN, 1).health()).isEqualTo(HealthState.UNKNOWN);
		assertThat(ordered(ordered(up("a", 1, 60), AdminState.DRAIN, 30), AdminState.READY, 1).health())
			.isEqualTo(HealthState.UP);
	}

	private String live(BackendState... states) {
		return text(this.rules.snapshot(List.of(states), NOW).live().active());
	}

	private static String text(List<EligibleBackend> candidates) {
		return candidates.stream()
			.map((candidate) -> candidate.backend() + "=" + candidate.weight())
			.collect(Collectors.joining(" "));
	}

	private static BackendState ordered(BackendState state, AdminState adminState, int secondsAgo) {
		Instant when = NOW.minusSeconds(secondsAgo);
		return state.overridden(state.overrides().with(adminState, when), when);
	}

	private static BackendState up(String name, int weight, int seconds) {
		return state(name, weight, false, HealthState.UP, NOW.minusSeconds(seconds));
	}

	private static BackendState state(String name, int weight, boolean backup, HealthState condition, Instant since) {
		return new BackendState(backend(name, weight, backup), condition, true, since, null, 0, 0);
	}

	private static Backend backend(String name, int weight, boolean backup) {
		return new Backend(name, false, new InetSocketAddress(InetAddress.getLoopbackAddress(), 1), weight, backup);
	}

}
