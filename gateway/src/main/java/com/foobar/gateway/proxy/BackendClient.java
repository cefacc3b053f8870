package com.foobar.gateway.proxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.netty.StrictHttpClientCodec;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpMethod;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider.MeterRegistrar;
import reactor.netty.resources.ConnectionProvider;

/**
 * The connections to one backend: pools of its own, so that they can go when the backend
 * goes, and so that one slow backend exhausts only itself.
 * <p>
 * There is a pool for each event loop, and a request is sent from the loop of its
 * client's connection: handing each part of it to another thread, and its response back,
 * costs more than reading and writing it. The pools share out the connections that the
 * backend may have; a loop whose share is in use borrows from the others.
 * <p>
 * Thread-safe.
 */
final class BackendClient {

	private static final Duration EVICTION_INTERVAL = Duration.ofSeconds(5);

	private final List<EventLoop> loops;

	private final List<Pool> pools;

	/** Connections that are kept. */
	static BackendClient pooled(Backend backend, ClientProperties properties, List<EventLoop> loops,
			PoolMeters meters) {
		int count = Math.min(loops.size(), properties.maxConnections());
		List<Pool> pools = new ArrayList<>(count);
		SurplusBytesLogger surplus = new SurplusBytesLogger(backend);
		for (int i = 0; i < count; i++) {
			int size = share(properties.maxConnections(), i, count);
			// Used at the start and at the end of the pool: must be the same.
			MeterRegistrar registrar = meters.ofOnePool();
			ConnectionProvider connections = ConnectionProvider.builder(backend.name())
				.maxConnections(size)
				.pendingAcquireMaxCount(share(properties.maxPending(), i, count))
				.pendingAcquireTimeout(properties.acquireTimeout())
				.maxIdleTime(properties.maxIdleTime())
				.evictInBackground(EVICTION_INTERVAL)
				// The most recently used one first: what is not needed gets old and is
				// closed.
				.lifo()
				.metrics(true, () -> registrar)
				.build();
			EventLoop loop = loops.get(i);
			pools.add(new Pool(connections,
					client(backend, properties, connections, surplus).runOn((useNative) -> loop), size));
		}
		return new BackendClient(loops, pools);
	}

	/** A connection for each request. */
	static BackendClient unpooled(Backend backend, ClientProperties properties, List<EventLoop> loops) {
		ConnectionProvider connections = ConnectionProvider.newConnection();
		return new BackendClient(loops,
				List.of(new Pool(connections, client(backend, properties, connections, new SurplusBytesLogger(backend)),
						properties.maxConnections())));
	}

	private BackendClient(List<EventLoop> loops, List<Pool> pools) {
		this.loops = loops;
		this.pools = List.copyOf(pools);
	}

	private static int share(int all, int index, int count) {
		return all / count + ((index < all % count) ? 1 : 0);
	}

	private static HttpClient client(Backend backend, ClientProperties properties, ConnectionProvider connections,
			SurplusBytesLogger surplus) {
		HttpClient plain = HttpClient.create(connections)
			.remoteAddress(backend::address)
			.disableRetry(true)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) properties.connectTimeout().toMillis())
			.doOnChannelInit((observer, channel, remote) -> {
				StrictHttpClientCodec.install(channel, (int) properties.maxHeaderSize().toBytes(), surplus::closed);
				ResponseTimeoutHandler.install(channel, properties.responseTimeout());
			});
		return backend.secure() ? plain.secure() : plain;
	}

	/**
	 * Where a request finds its connection: on its own loop, on another one if that has
	 * none left, and if none has, it waits on its own.
	 */
	Pool pool(EventLoop loop) {
		Pool own = this.pools.get(Math.max(0, this.loops.indexOf(loop)) % this.pools.size());
		if (own.hasRoom()) {
			return own;
		}
		for (Pool other : this.pools) {
			if (other.hasRoom()) {
				return other;
			}
		}
		return own;
	}

	/** Closes what is idle now, and the rest as soon as its response is complete. */
	void close() {
		this.pools.forEach(Pool::close);
	}

	/** Connections that all live on one event loop. */
	static final class Pool {

		private final ConnectionProvider connections;

		private final HttpClient client;

		private final int size;

		private final AtomicInteger busy = new AtomicInteger();

		private Pool(ConnectionProvider connections, HttpClient client, int size) {
			this.connections = connections;
			this.client = client;
			this.size = size;
		}

		/** Whether a request would find a connection, or may make one. */
		boolean hasRoom() {
			return this.busy.get() < this.size;
		}

		/** Counts the start of a request; {@link #end()} must follow exactly once. */
		void begin() {
			this.busy.incrementAndGet();
		}

		/** Counts the end of a request. */
		void end() {
			this.busy.decrementAndGet();
		}

		HttpClient.RequestSender request(HttpMethod method, String target) {
			return this.client.request(method).uri(target);
		}

		/** Closes what is idle now, and the rest as soon as its response is complete. */
		void close() {
			this.connections.disposeLater().subscribe();
		}

	}

	/**
	 * Says that a backend sends bytes that belong to no response, which costs it a
	 * connection each time: once a minute, since a backend that sends a body with HEAD
	 * does it always.
	 * <p>
	 * Thread-safe.
	 */
	static final class SurplusBytesLogger {

		private static final Logger logger = LoggerFactory.getLogger(SurplusBytesLogger.class);

		private static final long INTERVAL = Duration.ofMinutes(1).toNanos();

		private final Backend backend;

		private final AtomicLong connections = new AtomicLong();

		private final AtomicLong next = new AtomicLong(System.nanoTime());

		SurplusBytesLogger(Backend backend) {
			this.backend = backend;
		}

		/** A connection is closed for it. */
		void closed() {
			this.connections.incrementAndGet();
			long now = System.nanoTime();
			long due = this.next.get();
			if (now - due >= 0 && this.next.compareAndSet(due, now + INTERVAL)) {
				logger.warn("{} sent bytes that belong to no response; closed connections since the last such line: {}",
						this.backend, this.connections.getAndSet(0));
			}
		}

	}

}
