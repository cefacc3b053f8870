package com.foobar.system;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import java.util.function.Predicate;

import com.foobar.system.Site.SiteResponse;

/**
 * Clients that send one request after the other until they are stopped, and record the
 * number of requests, the instances that served them, and each unexpected response.
 */
final class Load implements AutoCloseable {

	private final ExecutorService clients;

	private final List<Future<?>> running = new ArrayList<>();

	private final AtomicLong completed = new AtomicLong();

	private final ConcurrentHashMap<String, AtomicLong> servedBy = new ConcurrentHashMap<>();

	private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

	private volatile boolean stopped;

	private volatile Duration pause = Duration.ZERO;

	private Load(int clients, IntFunction<SiteResponse> request, Predicate<SiteResponse> expected) {
		this.clients = Executors.newFixedThreadPool(clients);
		for (int i = 0; i < clients; i++) {
			int client = i;
			this.running.add(this.clients.submit(() -> run(client, request, expected)));
		}
	}

	/**
	 * Starts clients.
	 * @param clients the number of clients
	 * @param request sends one request for the client of that number
	 * @param expected whether a response is as expected
	 */
	static Load of(int clients, IntFunction<SiteResponse> request, Predicate<SiteResponse> expected) {
		return new Load(clients, request, expected);
	}

	private void run(int client, IntFunction<SiteResponse> request, Predicate<SiteResponse> expected) {
		while (!this.stopped) {
			try {
				SiteResponse response = request.apply(client);
				if (!expected.test(response)) {
					this.failures.add(response.toString());
				}
				String instance = response.route().instance();
				if (instance != null) {
					this.servedBy.computeIfAbsent(instance, (name) -> new AtomicLong()).incrementAndGet();
				}
			}
			catch (RuntimeException ex) {
				this.failures.add(ex + (ex.getCause() != null ? " caused by " + ex.getCause() : ""));
			}
			this.completed.incrementAndGet();
			pause();
		}
	}

	/** The pace of a client; there is no condition to wait for. */
	@SuppressWarnings("ThreadSleep")
	private void pause() {
		try {
			Thread.sleep(this.pause.toMillis());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			this.stopped = true;
		}
	}

	/**
	 * Makes each client pause between two requests, which leaves the processor to
	 * starting processes.
	 */
	void slowDown(Duration pause) {
		this.pause = pause;
	}

	long completed() {
		return this.completed.get();
	}

	long servedBy(String instance) {
		AtomicLong count = this.servedBy.get(instance);
		return (count != null) ? count.get() : 0;
	}

	List<String> failures() {
		return List.copyOf(this.failures);
	}

	/**
	 * Stops the clients and waits for their last responses.
	 */
	@Override
	public void close() {
		this.stopped = true;
		this.clients.shutdown();
		try {
			for (Future<?> client : this.running) {
				client.get(1, TimeUnit.MINUTES);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (Exception ex) {
			throw new IllegalStateException("a client did not end", ex);
		}
	}

}
