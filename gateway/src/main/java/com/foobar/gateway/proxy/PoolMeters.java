package com.foobar.gateway.proxy;

import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToIntFunction;

import com.foobar.gateway.backend.Backend;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.ConnectionPoolMetrics;
import reactor.netty.resources.ConnectionProvider.MeterRegistrar;

/**
 * The meters of the connections to one backend, over all its pools and as long as one of
 * them lives: {@code gateway.backend.connections} by {@code state}, and
 * {@code gateway.backend.pending}, the requests that wait for one.
 * <p>
 * The gauges hold what they read strongly: Reactor Netty hands out a view of a pool that
 * nothing else holds, and a gauge whose object was collected shows NaN.
 * <p>
 * Thread-safe.
 */
final class PoolMeters {

	private final MeterRegistry registry;

	private final Backend backend;

	private final Map<Object, ConnectionPoolMetrics> pools = new ConcurrentHashMap<>();

	private @Nullable List<Meter> meters;

	PoolMeters(MeterRegistry registry, Backend backend) {
		this.registry = registry;
		this.backend = backend;
	}

	/** What one of the pools tells of itself to; of use for that one only. */
	MeterRegistrar ofOnePool() {
		return new OnePool();
	}

	private synchronized void add(Object key, ConnectionPoolMetrics pool) {
		this.pools.put(key, pool);
		if (this.meters == null) {
			this.meters = List.of(connections("active", ConnectionPoolMetrics::acquiredSize),
					connections("idle", ConnectionPoolMetrics::idleSize),
					Gauge
						.builder("gateway.backend.pending", this,
								(all) -> all.sum(ConnectionPoolMetrics::pendingAcquireSize))
						.description("Requests that wait for a connection")
						.tag("backend", this.backend.name())
						.strongReference(true)
						.register(this.registry));
		}
	}

	private synchronized void remove(Object key) {
		this.pools.remove(key);
		if (this.meters != null && this.pools.isEmpty()) {
			this.meters.forEach(this.registry::remove);
			this.meters = null;
		}
	}

	private Meter connections(String state, ToIntFunction<ConnectionPoolMetrics> value) {
		return Gauge.builder("gateway.backend.connections", this, (all) -> all.sum(value))
			.description("Connections to the backend")
			.tag("backend", this.backend.name())
			.tag("state", state)
			.strongReference(true)
			.register(this.registry);
	}

	private int sum(ToIntFunction<ConnectionPoolMetrics> value) {
		return this.pools.values().stream().mapToInt(value).sum();
	}

	private record Key(OnePool pool, String id) {
	}

	private final class OnePool implements MeterRegistrar {

		@Override
		public void registerMetrics(String poolName, String id, SocketAddress remoteAddress,
				ConnectionPoolMetrics metrics) {
			add(new Key(this, id), metrics);
		}

		@Override
		public void deRegisterMetrics(String poolName, String id, SocketAddress remoteAddress) {
			remove(new Key(this, id));
		}

	}

}
