package com.foobar.gateway.proxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.netty.StrictHttpClientCodec;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.ConnectionProvider.MeterRegistrar;

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

	private final EventLoops loops;

	private final List<EventLoopPool> pools;

	/**
	 * Connections that are kept.
	 * @param backend to which backend
	 * @param properties how
	 * @param loops where they are served
	 * @param meters count the connections
	 */
	static BackendClient pooled(Backend backend, ClientProperties properties, EventLoops loops, PoolMeters meters) {
		int count = Math.min(loops.all().size(), properties.maxConnections());
		List<EventLoopPool> pools = new ArrayList<>(count);
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
			EventLoop loop = loops.all().get(i);
			pools.add(new EventLoopPool(connections,
					client(backend, properties, connections, surplus).runOn((useNative) -> loop), size));
		}
		return new BackendClient(loops, pools);
	}

	/**
	 * A connection for each request.
	 * @param backend to which backend
	 * @param properties how
	 * @param loops where they are served
	 */
	static BackendClient unpooled(Backend backend, ClientProperties properties, EventLoops loops) {
		ConnectionProvider connections = ConnectionProvider.newConnection();
		return new BackendClient(loops,
				List.of(new EventLoopPool(connections,
						client(backend, properties, connections, new SurplusBytesLogger(backend)),
						properties.maxConnections())));
	}

	private BackendClient(EventLoops loops, List<EventLoopPool> pools) {
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
	 * @param loop of the client's connection
	 */
	EventLoopPool pool(EventLoop loop) {
		EventLoopPool own = this.pools.get(this.loops.indexOf(loop) % this.pools.size());
		if (own.hasRoom()) {
			return own;
		}
		for (EventLoopPool other : this.pools) {
			if (other.hasRoom()) {
				return other;
			}
		}
		return own;
	}

	/** Closes what is idle now, and the rest as soon as its response is complete. */
	void close() {
		this.pools.forEach(EventLoopPool::close);
	}

}
