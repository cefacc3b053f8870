package com.foobar.gateway.proxy;

import java.lang.ref.WeakReference;
import java.net.InetSocketAddress;

import com.foobar.gateway.backend.Backend;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;
import reactor.netty.resources.ConnectionPoolMetrics;
import reactor.netty.resources.ConnectionProvider.MeterRegistrar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PoolMetersTests {

	private static final InetSocketAddress ADDRESS = InetSocketAddress.createUnresolved("web-app", 8080);

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final PoolMeters meters = new PoolMeters(this.registry, new Backend("web-app:8080", false, ADDRESS));

	@Test
	void showThePoolAfterAGarbageCollection() {
		register();
		awaitGarbageCollection();
		assertThat(value("active")).isEqualTo(2);
		assertThat(value("idle")).isEqualTo(3);
		assertThat(this.registry.get("gateway.backend.pending").gauge().value()).isEqualTo(5);
	}

	@Test
	void sumThePoolsOfABackend() {
		register();
		MeterRegistrar second = register();
		assertThat(value("active")).isEqualTo(4);
		second.deRegisterMetrics("pool", "1", ADDRESS);
		assertThat(value("active")).isEqualTo(2);
	}

	@Test
	void areRemovedWithTheLastPool() {
		MeterRegistrar first = register();
		MeterRegistrar second = register();
		first.deRegisterMetrics("pool", "1", ADDRESS);
		assertThat(this.registry.getMeters()).isNotEmpty();
		second.deRegisterMetrics("pool", "1", ADDRESS);
		assertThat(this.registry.getMeters()).isEmpty();
	}

	private MeterRegistrar register() {
		MeterRegistrar pool = this.meters.ofOnePool();
		pool.registerMetrics("pool", "1", ADDRESS, new View());
		return pool;
	}

	private double value(String state) {
		return this.registry.get("gateway.backend.connections").tag("state", state).gauge().value();
	}

	private static void awaitGarbageCollection() {
		WeakReference<Object> unused = new WeakReference<>(new Object());
		await().until(() -> {
			System.gc();
			return unused.get() == null;
		});
	}

	// Like Reactor Netty's, not referenced elsewhere.
	private static final class View implements ConnectionPoolMetrics {

		@Override
		public int acquiredSize() {
			return 2;
		}

		@Override
		public int allocatedSize() {
			return 5;
		}

		@Override
		public int idleSize() {
			return 3;
		}

		@Override
		public int pendingAcquireSize() {
			return 5;
		}

		@Override
		public int maxAllocatedSize() {
			return 10;
		}

		@Override
		public int maxPendingAcquireSize() {
			return 10;
		}

	}

}
