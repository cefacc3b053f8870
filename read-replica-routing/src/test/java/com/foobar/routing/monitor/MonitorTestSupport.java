package com.foobar.routing.monitor;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.NodeState;
import com.foobar.routing.dialect.ReplicationReport;
import com.foobar.routing.dialect.ReplicationReport.Receiver;
import com.foobar.routing.gtid.GtidSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/**
 * A monitor of three servers whose probe results a test sets.
 */
abstract class MonitorTestSupport {

	static final Duration INTERVAL = Duration.ofMillis(10);

	static final DatabaseNode PRIMARY = new DatabaseNode("p", Role.PRIMARY);

	static final DatabaseNode FIRST = new DatabaseNode("r1", Role.REPLICA);

	static final DatabaseNode SECOND = new DatabaseNode("r2", Role.REPLICA);

	static final Observation HEALTHY = new Observation.Replica(
			new ReplicationReport(Receiver.CONNECTED, "", true, "", Duration.ZERO), GtidSet.NONE);

	final Map<String, Supplier<Observation>> probes = new ConcurrentHashMap<>(
			Map.of("p", () -> new Observation.Primary(false, GtidSet.NONE), "r1", () -> HEALTHY, "r2", () -> HEALTHY));

	/** Called while the monitor's lock is held. */
	final Map<String, Supplier<String>> servers = new ConcurrentHashMap<>();

	final CountDownLatch never = new CountDownLatch(1);

	final TopologyMonitor monitor = new TopologyMonitor(endpoint(PRIMARY), List.of(endpoint(FIRST), endpoint(SECOND)),
			new MonitorSettings(INTERVAL, INTERVAL.multipliedBy(2), 2, 2, Duration.ofSeconds(1)), this::probe);

	@AfterEach
	void close() {
		this.never.countDown();
		this.monitor.close();
	}

	void serve(String name, boolean writable) {
		this.probes.put(name,
				() -> new Observation.Server(!writable,
						new ReplicationReport(writable ? Receiver.ABSENT : Receiver.CONNECTED, "", !writable, "",
								writable ? null : Duration.ZERO),
						null, GtidSet.NONE));
	}

	TopologyMonitor monitor(PrimaryDiscovery discovery, Duration interval) {
		return new TopologyMonitor(endpoint(PRIMARY), List.of(endpoint(FIRST), endpoint(SECOND)),
				new MonitorSettings(discovery, interval, Duration.ofSeconds(1), 2, 2, Duration.ofSeconds(1)),
				this::probe);
	}

	Probe probe(NodeEndpoint endpoint) {
		return new Probe() {

			@Override
			public Observation probe() {
				return Objects.requireNonNull(MonitorTestSupport.this.probes.get(endpoint.node().name())).get();
			}

			@Override
			public @Nullable String server() {
				return Objects
					.requireNonNull(MonitorTestSupport.this.servers.getOrDefault(endpoint.node().name(), () -> "id"))
					.get();
			}

			@Override
			public void close() {
			}

		};
	}

	Observation hang() {
		return hang(Duration.ofDays(1));
	}

	Observation hang(Duration time) {
		try {
			boolean unused = this.never.await(time.toMillis(), TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return new Observation.Unreachable("hung");
	}

	NodeState replica(int index) {
		return this.monitor.snapshot().replicas().get(index);
	}

	static NodeEndpoint endpoint(DatabaseNode node) {
		return new NodeEndpoint(node, "jdbc:none", null, null, new Properties());
	}

}
