package com.foobar.benchmarks.stack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

import org.HdrHistogram.Histogram;

/**
 * The open loop: a client with a fixed rate. A latency counts from the time at which the
 * request should have been sent, whether or not a connection was free then: a server that
 * stalls is charged for every request that has to wait meanwhile (no coordinated
 * omission).
 */
final class OpenLoop {

	private static final long HIGHEST = 60_000_000;

	private static final int DIGITS = 3;

	private final Target target;

	private final Requests requests;

	private final int connections;

	OpenLoop(Target target, Work work, int notices, int connections) {
		this.target = target;
		this.requests = new Requests(target, work, notices);
		this.connections = connections;
	}

	/**
	 * What a run has found.
	 *
	 * @param latencies of the requests that succeeded, in microseconds
	 * @param requests the number of all requests
	 * @param failedReads those without a response, or with status 400 or above
	 * @param failedWrites the same of inserts, which no proxy may send twice
	 */
	record Run(Histogram latencies, long requests, long failedReads, long failedWrites) {

		double millis(double percentile) {
			return this.latencies.getValueAtPercentile(percentile) / 1000.0;
		}

	}

	/**
	 * Send requests.
	 * @param rate requests per second
	 * @param seconds how long
	 */
	Run run(double rate, double seconds) {
		long interval = Math.round(1e9 / rate);
		long count = Math.max(1, Math.round(rate * seconds));
		AtomicLong next = new AtomicLong();
		long start = System.nanoTime() + 20_000_000;
		List<Worker> workers = new ArrayList<>();
		for (int i = 0; i < this.connections; i++) {
			Worker worker = new Worker(next, start, interval, count);
			worker.start();
			workers.add(worker);
		}
		Histogram latencies = new Histogram(HIGHEST, DIGITS);
		long failedReads = 0;
		long failedWrites = 0;
		for (Worker worker : workers) {
			worker.await();
			latencies.add(worker.latencies);
			failedReads += worker.failedReads;
			failedWrites += worker.failedWrites;
		}
		return new Run(latencies, count, failedReads, failedWrites);
	}

	/** A connection. Its fields are read when it has ended. */
	private final class Worker extends Thread {

		private final Histogram latencies = new Histogram(HIGHEST, DIGITS);

		private final AtomicLong next;

		private final long start;

		private final long interval;

		private final long count;

		private long failedReads;

		private long failedWrites;

		Worker(AtomicLong next, long start, long interval, long count) {
			this.next = next;
			this.start = start;
			this.interval = interval;
			this.count = count;
		}

		@Override
		public void run() {
			try (HttpConnection connection = new HttpConnection(OpenLoop.this.target.port())) {
				for (long n = this.next.getAndIncrement(); n < this.count; n = this.next.getAndIncrement()) {
					send(connection, n);
				}
			}
		}

		private void send(HttpConnection connection, long number) {
			Requests.Request request = OpenLoop.this.requests.request(number);
			long intended = this.start + number * this.interval;
			for (long left = intended - System.nanoTime(); left > 0; left = intended - System.nanoTime()) {
				LockSupport.parkNanos(left);
			}
			boolean successful = false;
			try {
				successful = connection.send(request.text()).isSuccessful();
			}
			catch (IOException | RuntimeException ex) {
				// Counted below.
			}
			if (successful) {
				this.latencies.recordValue(Math.min(HIGHEST, (System.nanoTime() - intended) / 1000));
			}
			else if (request.isWrite()) {
				this.failedWrites++;
			}
			else {
				this.failedReads++;
			}
		}

		void await() {
			try {
				join();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("Interrupted during a run", ex);
			}
		}

	}

}
