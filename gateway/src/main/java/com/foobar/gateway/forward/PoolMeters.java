package com.foobar.gateway.forward;

import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

import com.foobar.gateway.backends.Backend;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.netty.resources.ConnectionPoolMetrics;
import reactor.netty.resources.ConnectionProvider.MeterRegistrar;

/**
 * The meters of the connections to one backend, as long as its pool lives:
 * {@code gateway.backend.connections} by {@code state}, and
 * {@code gateway.backend.pending}, the requests that wait for one.
 * <p>
 * The gauges hold what they read strongly: Reactor Netty hands out a view of the pool
 * that nothing else holds, and a gauge whose object was collected shows NaN.
 */
final class PoolMeters implements MeterRegistrar {

	private final MeterRegistry registry;

	private final Backend backend;

	private final Map<String, List<Meter>> meters = new ConcurrentHashMap<>();

	PoolMeters(MeterRegistry registry, Backend backend) {
		this.registry = registry;
		this.backend = backend;
	}

	@Override
	public void registerMetrics(String poolName, String id, SocketAddress remoteAddress,
			ConnectionPoolMetrics metrics) {
		this.meters.computeIfAbsent(id,
				(key) -> List.of(connections(metrics, "active", ConnectionPoolMetrics::acquiredSize),
						connections(metrics, "idle", ConnectionPoolMetrics::idleSize),
						Gauge.builder("gateway.backend.pending", metrics, ConnectionPoolMetrics::pendingAcquireSize)
							.description("Requests that wait for a connection")
							.tag("backend", this.backend.name())
							.strongReference(true)
							.register(this.registry)));
	}

	private Meter connections(ConnectionPoolMetrics metrics, String state,
			ToDoubleFunction<ConnectionPoolMetrics> value) {
		return Gauge.builder("gateway.backend.connections", metrics, value)
			.description("Connections to the backend")
			.tag("backend", this.backend.name())
			.tag("state", state)
			.strongReference(true)
			.register(this.registry);
	}

	@Override
	public void deRegisterMetrics(String poolName, String id, SocketAddress remoteAddress) {
		List<Meter> registered = this.meters.remove(id);
		if (registered != null) {
			registered.forEach(this.registry::remove);
		}
	}

}
