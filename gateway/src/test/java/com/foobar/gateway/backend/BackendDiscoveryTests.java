package com.foobar.gateway.backend;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.foobar.gateway.backend.BackendState.HealthState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

@ExtendWith(OutputCaptureExtension.class)
class BackendDiscoveryTests {

	private final Map<String, List<String>> names = new ConcurrentHashMap<>();

	private final Backends backends = new Backends(Clock.systemUTC(), new EligibilityRules(Duration.ofSeconds(10), 50));

	private final BackendDiscovery discovery = discovery("http://web-app:8080");

	private volatile boolean failing;

	@AfterEach
	void stop() {
		this.discovery.stop();
	}

	@Test
	void takesEachAddressOfANameAsABackend() {
		this.names.put("web-app", List.of("10.0.0.2", "10.0.0.1"));
		this.discovery.resolve();
		assertThat(names()).containsExactly("10.0.0.1:8080", "10.0.0.2:8080");
	}

	@Test
	void keepsTheStateOfARemainingBackend() {
		this.names.put("web-app", List.of("10.0.0.1", "10.0.0.2"));
		this.discovery.resolve();
		Backend stays = this.backends.snapshot().states().get(1).backend();
		this.backends.update(stays,
				(state) -> new BackendState(state.backend(), HealthState.UP, false, Instant.EPOCH, null, 5, 0));
		this.names.put("web-app", List.of("10.0.0.2", "10.0.0.3"));
		this.discovery.resolve();
		assertThat(names()).containsExactly("10.0.0.2:8080", "10.0.0.3:8080");
		assertThat(this.backends.snapshot().states().get(0).backend()).isSameAs(stays);
		assertThat(this.backends.snapshot().states().get(0).health()).isEqualTo(HealthState.UP);
		assertThat(this.backends.snapshot().states().get(1).health()).isEqualTo(HealthState.UNKNOWN);
	}

	@Test
	void notifiesListenersOfAddedAndRemovedBackends() {
		List<String> notified = new ArrayList<>();
		this.names.put("web-app", List.of("10.0.0.1"));
		this.discovery.resolve();
		this.backends.subscribe(new BackendsListener() {

			@Override
			public void added(Backend backend) {
				notified.add("+" + backend);
			}

			@Override
			public void removed(Backend backend) {
				notified.add("-" + backend);
			}

		});
		this.names.put("web-app", List.of("10.0.0.2"));
		this.discovery.resolve();
		assertThat(notified).containsExactly("+10.0.0.1:8080", "+10.0.0.2:8080", "-10.0.0.1:8080");
	}

	@Test
	void keepsTheLastAddressesWhenTheNameServerFails() {
		this.names.put("web-app", List.of("10.0.0.1"));
		this.discovery.resolve();
		this.names.clear();
		this.discovery.resolve();
		assertThat(names()).containsExactly("10.0.0.1:8080");
	}

	@Test
	void startsWithoutAnAddressAndFindsItLater() {
		this.discovery.start();
		assertThat(names()).isEmpty();
		this.names.put("web-app", List.of("10.0.0.1"));
		await().untilAsserted(() -> assertThat(names()).containsExactly("10.0.0.1:8080"));
	}

	@Test
	void errorInALookupIsLoggedAndTheNextLookupFollows(CapturedOutput output) {
		this.discovery.start();
		this.failing = true;
		await().untilAsserted(() -> assertThat(output).contains("ERROR").contains("NoClassDefFoundError: unforeseen"));
		this.failing = false;
		this.names.put("web-app", List.of("10.0.0.1"));
		await().untilAsserted(() -> assertThat(names()).containsExactly("10.0.0.1:8080"));
	}

	private List<String> names() {
		return this.backends.snapshot().states().stream().map((state) -> state.backend().name()).toList();
	}

	private BackendDiscovery discovery(String url) {
		return new BackendDiscovery(new BackendsProperties(List.of(url), Duration.ofMillis(20)), this.backends,
				this::lookUp);
	}

	private List<InetAddress> lookUp(String host) throws UnknownHostException {
		if (this.failing) {
			throw new NoClassDefFoundError("unforeseen");
		}
		List<String> literals = this.names.get(host);
		if (literals == null) {
			throw new UnknownHostException(host);
		}
		List<InetAddress> addresses = new ArrayList<>();
		for (String literal : literals) {
			addresses.add(InetAddress.getByName(literal));
		}
		return addresses;
	}

}
