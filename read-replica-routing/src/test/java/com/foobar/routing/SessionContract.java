package com.foobar.routing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

import com.foobar.routing.ReplicationContract.Application;
import com.foobar.routing.ReplicationContract.Entries;
import com.foobar.routing.servers.Balancer;
import com.foobar.routing.servers.ReplicatedServers;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Session consistency when servers differ from the configuration or lose transactions.
 * Uses a primary and two replicas.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
abstract class SessionContract {

	static final int FIRST = 1;

	static final int SECOND = 2;

	static final int THIRD = 3;

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	/** Shorter than the wait of a read for a replica. */
	private static final Duration AT_ONCE = Duration.ofMillis(1500);

	private static final String WAIT = "read-replica-routing.wait-timeout=2s";

	private @Nullable ConfigurableApplicationContext context;

	abstract ReplicatedServers servers();

	/** Statements that commit an errant transaction on a replica. */
	abstract String[] errantTransaction();

	@AfterEach
	void stop() {
		if (this.context != null) {
			this.context.close();
		}
	}

	/**
	 * The second server behind the address applies nothing, and is not probed as long as
	 * the monitor's connection leads to the first.
	 */
	@Test
	@Order(1)
	void readsBehindABalancerRunOnAServerThatWasProbed() {
		List<String> urls = replicaUrls();
		try (Balancer balancer = new Balancer(urls)) {
			Entries entries = start(List.of(balancer.url()), WAIT, "read-replica-routing.monitor.interval=100ms",
					"read-replica-routing.monitor.rise=1");
			servers().replicas().get(1).stopApplier();
			Set<Integer> servers = new TreeSet<>();
			for (int round = 0; round < 20; round++) {
				int count = entries.count();
				entries.add();
				servers().awaitCaughtUp(urls.get(0), servers().primaryUrl());
				awaitNextProbe();
				assertThat(entries.count()).as("own rows in round " + round).isGreaterThan(count);
				servers.add(entries.serverWhenReading());
				if (round == 9) {
					// From now on the monitor may probe the other one.
					urls.forEach((url) -> servers().connections(url, servers().monitorUsername())
						.forEach((id) -> servers().execute(url, "KILL CONNECTION " + id)));
				}
			}
			assertThat(servers).as("reads do not run where nothing is applied").isNotEmpty().doesNotContain(THIRD);
		}
		finally {
			servers().replicas().get(1).startApplier();
		}
	}

	@SuppressWarnings("ReferenceEquality")
	private void awaitNextProbe() {
		TopologySnapshot before = topology().snapshot();
		await(() -> topology().snapshot() != before);
	}

	@Test
	@Order(2)
	void errantTransactionIsNoDependency() {
		Entries entries = start(replicaUrls(), WAIT, "read-replica-routing.consistency=session",
				"read-replica-routing.monitor.interval=200ms");
		servers().execute(servers().replicaUrl(), errantTransaction());
		await(() -> entries.serverWhenReading() == SECOND);
		await(() -> serversOf(10, entries).containsAll(List.of(SECOND, THIRD)));
		context().getBean(ReplicaControl.class).drain(ReplicationContract.name(servers().replicaUrl()));
		for (int read = 0; read < 10; read++) {
			assertThat(atOnce(entries::serverWhenReading)).isEqualTo(THIRD);
		}
	}

	private static Set<Integer> serversOf(int reads, Entries entries) {
		Set<Integer> servers = new TreeSet<>();
		for (int read = 0; read < reads; read++) {
			servers.add(entries.serverWhenReading());
		}
		return servers;
	}

	/** Runs last, because it leaves the servers unusable. */
	@Test
	@Order(Integer.MAX_VALUE)
	void commitsThatAFailoverLostAreDropped() {
		Entries entries = start(replicaUrls(), WAIT, "read-replica-routing.primary-discovery=read-only-flag",
				"read-replica-routing.primary-wait=30s", "read-replica-routing.monitor.interval=200ms");
		List<String> urls = replicaUrls();
		entries.add();
		servers().awaitCaughtUp();
		servers().replicas().forEach((replica) -> replica.stopReplication());
		Causality causality = context().getBean(Causality.class);
		String lost;
		try (Causality.Scope scope = causality.open()) {
			entries.add();
			lost = scope.token().toString();
		}
		entries.add();
		servers().makeReadOnly(servers().primaryUrl());
		servers().promote(urls.get(0));
		servers().follow(urls.get(1), urls.get(0));
		String promoted = ReplicationContract.name(urls.get(0));
		await(() -> topology().snapshot().canWrite() && topology().snapshot().primary().node().name().equals(promoted));
		await(() -> topology().snapshot().hasEligibleReplica());
		assertThat(lost).isNotEmpty();
		await(() -> takesNoWait(entries));
		for (int round = 0; round < 10; round++) {
			try (Causality.Scope scope = causality.open(CausalityToken.parse(lost))) {
				assertThat(atOnce(entries::serverWhenReading)).as("a client that carries it on").isEqualTo(THIRD);
				assertThat(scope.token()).isEqualTo(CausalityToken.NONE);
				assertThat(scope.hasAdvanced()).as("the client gets the new token").isTrue();
			}
		}
		for (int round = 0; round < 10; round++) {
			assertThat(atOnce(entries::serverWhenReading)).as("the thread that made it").isEqualTo(THIRD);
			int count = entries.count();
			assertThat(entries.add()).isEqualTo(SECOND);
			assertThat(entries.count()).as("own rows").isGreaterThan(count);
			servers().awaitCaughtUp(urls.get(1), urls.get(0));
		}
		assertThat(causality.current().toString()).isNotEmpty().doesNotContain(lost);
	}

	private static boolean takesNoWait(Entries entries) {
		long began = System.nanoTime();
		entries.serverWhenReading();
		return System.nanoTime() - began < AT_ONCE.toNanos();
	}

	static <T> T atOnce(Supplier<T> read) {
		long began = System.nanoTime();
		T result = read.get();
		assertThat(Duration.ofNanos(System.nanoTime() - began)).as("time a read takes").isLessThan(AT_ONCE);
		return result;
	}

	List<String> replicaUrls() {
		return servers().replicas().stream().map((replica) -> replica.url()).toList();
	}

	/** On the thread of the test, whose scope records what was read. */
	static void await(BooleanSupplier condition) {
		Awaitility.await()
			.pollInSameThread()
			.atMost(TIMEOUT)
			.pollInterval(Duration.ofMillis(50))
			.until(condition::getAsBoolean);
	}

	Entries start(List<String> replicas, String... properties) {
		servers().onPrimary(
				"CREATE TABLE IF NOT EXISTS foobar.entry (id BIGINT AUTO_INCREMENT PRIMARY KEY, server INT NOT NULL)");
		servers().awaitCaughtUp();
		List<String> all = new ArrayList<>(List.of("spring.datasource.url=" + servers().primaryUrl(),
				"spring.datasource.username=" + servers().username(),
				"spring.datasource.password=" + servers().password(), "spring.datasource.hikari.maximum-pool-size=4",
				"spring.datasource.hikari.connection-timeout=5000", "read-replica-routing.max-lag=1h",
				"read-replica-routing.monitor.username=" + servers().monitorUsername(),
				"read-replica-routing.monitor.password=" + servers().monitorPassword(), "spring.main.banner-mode=off",
				"spring.jpa.open-in-view=false", "spring.jpa.database-platform=org.hibernate.dialect.MySQLDialect",
				"spring.jpa.properties.hibernate.boot.allow_jdbc_metadata_access=false",
				"logging.level.com.zaxxer.hikari=error"));
		for (int i = 0; i < replicas.size(); i++) {
			all.add("read-replica-routing.replicas[" + i + "].url=" + replicas.get(i));
		}
		all.addAll(List.of(properties));
		this.context = new SpringApplicationBuilder(Application.class).web(WebApplicationType.NONE)
			.properties(all.toArray(String[]::new))
			.run();
		await(() -> topology().snapshot().replicas().stream().allMatch(NodeState::isEligible));
		return context().getBean(Entries.class);
	}

	ConfigurableApplicationContext context() {
		return Objects.requireNonNull(this.context);
	}

	Topology topology() {
		return context().getBean(Topology.class);
	}

}
