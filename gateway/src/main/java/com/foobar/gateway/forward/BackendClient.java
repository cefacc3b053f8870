package com.foobar.gateway.forward;

import java.time.Duration;

import com.foobar.gateway.backends.Backend;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpMethod;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.ConnectionProvider.MeterRegistrar;

/**
 * The connections to one backend. A pool of its own, so that it can go when the backend
 * goes, and so that one slow backend exhausts only itself.
 */
final class BackendClient {

	private static final Duration EVICTION_INTERVAL = Duration.ofSeconds(5);

	private final ConnectionProvider pool;

	private final HttpClient client;

	/**
	 * Connections that are kept.
	 * @param backend to which backend
	 * @param properties how
	 * @param meters hears how many there are
	 */
	static BackendClient pooled(Backend backend, ClientProperties properties, MeterRegistrar meters) {
		return new BackendClient(backend, properties,
				ConnectionProvider.builder(backend.name())
					.maxConnections(properties.maxConnections())
					.pendingAcquireMaxCount(properties.maxPending())
					.pendingAcquireTimeout(properties.acquireTimeout())
					.maxIdleTime(properties.maxIdleTime())
					.evictInBackground(EVICTION_INTERVAL)
					// The most recently used one first: what is not needed gets old and
					// is
					// closed.
					.lifo()
					.metrics(true, () -> meters)
					.build());
	}

	/**
	 * A connection for each request.
	 * @param backend to which backend
	 * @param properties how
	 */
	static BackendClient unpooled(Backend backend, ClientProperties properties) {
		return new BackendClient(backend, properties, ConnectionProvider.newConnection());
	}

	private BackendClient(Backend backend, ClientProperties properties, ConnectionProvider pool) {
		this.pool = pool;
		HttpClient plain = HttpClient.create(this.pool)
			.remoteAddress(backend::address)
			.disableRetry(true)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) properties.connectTimeout().toMillis())
			.responseTimeout(properties.responseTimeout())
			.httpResponseDecoder((decoder) -> decoder.maxHeaderSize((int) properties.maxHeaderSize().toBytes()));
		this.client = backend.secure() ? plain.secure() : plain;
	}

	HttpClient.RequestSender request(HttpMethod method, String target) {
		return this.client.request(method).uri(target);
	}

	/** Closes what is idle now, and the rest as soon as its answer is complete. */
	void close() {
		this.pool.disposeLater().subscribe();
	}

}
