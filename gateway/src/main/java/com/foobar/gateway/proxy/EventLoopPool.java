package com.foobar.gateway.proxy;

import java.util.concurrent.atomic.AtomicInteger;

import io.netty.handler.codec.http.HttpMethod;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;

/**
 * Connections to a backend that all live on one event loop.
 * <p>
 * Thread-safe.
 */
final class EventLoopPool {

	private final ConnectionProvider connections;

	private final HttpClient client;

	private final int size;

	private final AtomicInteger busy = new AtomicInteger();

	/**
	 * @param connections where they are kept
	 * @param client makes them
	 * @param size how many there may be
	 */
	EventLoopPool(ConnectionProvider connections, HttpClient client, int size) {
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
