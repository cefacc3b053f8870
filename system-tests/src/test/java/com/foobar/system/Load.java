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

import com.foobar.system.Site.Answer;

/**
 * Clients that send one request after the other until told to stop, and keep what came of
 * it: counts, who answered, and each answer that was not as expected.
 */
final class Load implements AutoCloseable {

	private final ExecutorService clients;

	private final List<Future<?>> running = new ArrayList<>();

	private final AtomicLong answered = new AtomicLong();

	private final ConcurrentHashMap<String, AtomicLong> answeredBy = new ConcurrentHashMap<>();

	private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();

	private volatile boolean stopped;

	private volatile Duration pause = Duration.ZERO;

	private Load(int clients, IntFunction<Answer> request, Predicate<Answer> expected) {
		this.clients = Executors.newFixedThreadPool(clients);
		for (int i = 0; i < clients; i++) {
			int client = i;
			this.running.add(this.clients.submit(() -> run(client, request, expected)));
		}
	}

	/**
	 * Starts clients.
	 * @param clients how many send at the same time
	 * @param request sends one request for the client of that number
	 * @param expected whether an answer is what it should be
	 */
	static Load of(int clients, IntFunction<Answer> request, Predicate<Answer> expected) {
		return new Load(clients, request, expected);
	}

	private void run(int client, IntFunction<Answer> request, Predicate<Answer> expected) {
		while (!this.stopped) {
			try {
				Answer answer = request.apply(client);
				if (!expected.test(answer)) {
					this.failures.add(answer.toString());
				}
				String instance = answer.route().instance();
				if (instance != null) {
					this.answeredBy.computeIfAbsent(instance, (name) -> new AtomicLong()).incrementAndGet();
				}
			}
			catch (RuntimeException ex) {
				this.failures.add(ex + (ex.getCause() != null ? " caused by " + ex.getCause() : ""));
			}
			this.answered.incrementAndGet();
			pause();
		}
	}

	/** The pace of a client, which no condition ends. */
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
	 * Lets each client pause between two requests, and so leaves the processor to what is
	 * being started.
	 */
	void calm(Duration pause) {
		this.pause = pause;
	}

	long answered() {
		return this.answered.get();
	}

	long answeredBy(String instance) {
		AtomicLong count = this.answeredBy.get(instance);
		return (count != null) ? count.get() : 0;
	}

	List<String> failures() {
		return List.copyOf(this.failures);
	}

	/**
	 * Stops the clients and waits for their last answers.
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
