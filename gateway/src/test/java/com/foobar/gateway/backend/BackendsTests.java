package com.foobar.gateway.backend;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import com.foobar.gateway.backend.BackendState.HealthState;
import com.foobar.gateway.backend.BackendsSnapshot.EligibleBackend;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BackendsTests {

	private final Backend first = backend(1);

	private final Backend second = backend(2);

	private final Backends backends = new Backends(Clock.systemUTC(), new EligibilityRules(Duration.ofSeconds(10), 50));

	@BeforeEach
	void twoBackends() {
		this.backends.replace(List.of(this.first, this.second));
		set(this.first, HealthState.UP, true);
		set(this.second, HealthState.UP, true);
	}

	@Test
	void offersOnlyBackendsThatAreUp() {
		set(this.first, HealthState.NOT_READY, true);
		assertThat(live()).containsExactly(this.second);
		assertThat(this.backends.snapshot().states()).hasSize(2);
	}

	@Test
	void offersOnlyWritableBackendsForWrites() {
		set(this.second, HealthState.UP, false);
		assertThat(live()).containsExactly(this.first, this.second);
		assertThat(backendsOf(this.backends.snapshot().writable().active())).containsExactly(this.first);
	}

	@Test
	void excludesASuspectedBackendAtOnce() {
		this.backends.suspect(this.first, "refused");
		assertThat(live()).containsExactly(this.second);
		assertThat(this.backends.snapshot().states().get(0).lastError()).isEqualTo("refused");
	}

	@Test
	void suspectsOnlyABackendThatIsUp() {
		set(this.first, HealthState.NOT_READY, true);
		this.backends.suspect(this.first, "refused");
		assertThat(this.backends.snapshot().states().get(0).health()).isEqualTo(HealthState.NOT_READY);
	}

	@Test
	void notifiesEachListenerEvenIfOneFails() {
		List<String> notified = new ArrayList<>();
		this.backends.subscribe(listener((backend) -> {
			if (backend.name().equals("b3")) {
				throw new NoClassDefFoundError("unforeseen");
			}
		}));
		this.backends.subscribe(listener((backend) -> notified.add(backend.name())));
		notified.clear();
		this.backends.replace(List.of(backend(3), backend(4)));
		assertThat(notified).containsExactly("b3", "b4");
	}

	private static BackendsListener listener(Consumer<Backend> added) {
		return new BackendsListener() {

			@Override
			public void added(Backend backend) {
				added.accept(backend);
			}

			@Override
			public void removed(Backend backend) {
			}

		};
	}

	@Test
	void ignoresUpdatesOfARemovedBackend() {
		this.backends.replace(List.of(this.second));
		set(this.first, HealthState.UP, true);
		assertThat(live()).containsExactly(this.second);
	}

	@Test
	void snapshotIsImmutable() {
		BackendsSnapshot before = this.backends.snapshot();
		this.backends.replace(List.of());
		assertThat(before.live().size()).isEqualTo(2);
	}

	@Test
	void countsRequestsInFlight() {
		this.first.begin();
		this.first.begin();
		this.first.end();
		assertThat(this.first.inFlight()).isEqualTo(1);
		assertThat(this.first.requests()).isEqualTo(2);
	}

	@Test
	void backupsAreSeparateFromActiveBackends() {
		Backend backup = new Backend("b3", false, this.first.address(), 1, true);
		this.backends.replace(List.of(this.first, backup));
		set(backup, HealthState.UP, true);
		assertThat(live()).containsExactly(this.first);
		assertThat(backendsOf(this.backends.snapshot().live().backups())).containsExactly(backup);
	}

	@Test
	void backendOfWeightZeroIsNotEligible() {
		Backend idle = new Backend("b3", false, this.first.address(), 0, false);
		this.backends.replace(List.of(this.first, idle));
		set(idle, HealthState.UP, true);
		assertThat(live()).containsExactly(this.first);
	}

	private List<Backend> live() {
		return backendsOf(this.backends.snapshot().live().active());
	}

	private static List<Backend> backendsOf(List<EligibleBackend> candidates) {
		return candidates.stream().map(EligibleBackend::backend).toList();
	}

	private void set(Backend backend, HealthState condition, boolean writes) {
		this.backends.update(backend,
				(state) -> new BackendState(state.backend(), condition, writes, Instant.EPOCH, null, 0, 0));
	}

	private static Backend backend(int number) {
		return new Backend("b" + number, false,
				new InetSocketAddress(InetAddress.getLoopbackAddress(), 10000 + number));
	}

}
