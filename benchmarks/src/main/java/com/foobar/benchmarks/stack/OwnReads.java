package com.foobar.benchmarks.stack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that post a notice and read it at once, in a closed loop. A client keeps its
 * cookies, as a browser does.
 */
final class OwnReads {

	private OwnReads() {
	}

	/**
	 * What a run has found.
	 *
	 * @param pairs the number of pairs
	 * @param stale those whose notice was not found just after its commit
	 * @param failed those in which a request failed in another way
	 * @param seconds how long it took
	 */
	record Run(long pairs, long stale, long failed, double seconds) {

	}

	/**
	 * Run clients for some time.
	 * @param target the contender
	 * @param clients the number of clients, each with a connection
	 * @param seconds how long
	 * @param atMost the number of pairs after which a client ends
	 */
	static Run run(Target target, int clients, double seconds, int atMost) {
		AtomicLong pairs = new AtomicLong();
		AtomicLong stale = new AtomicLong();
		AtomicLong failed = new AtomicLong();
		long start = System.nanoTime();
		long end = start + Math.round(seconds * 1e9);
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < clients; i++) {
			Thread thread = new Thread(() -> {
				try (HttpConnection connection = new HttpConnection(target.port(), target.cookie())) {
					for (int n = 0; n < atMost && System.nanoTime() < end; n++) {
						pairs.incrementAndGet();
						pair(connection, stale, failed);
					}
				}
			});
			thread.start();
			threads.add(thread);
		}
		for (Thread thread : threads) {
			try {
				thread.join();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException("Interrupted during a run", ex);
			}
		}
		return new Run(pairs.get(), stale.get(), failed.get(), (System.nanoTime() - start) / 1e9);
	}

	private static void pair(HttpConnection connection, AtomicLong stale, AtomicLong failed) {
		try {
			HttpConnection.Response posted = connection.post("/api/notices", Requests.NOTICE);
			if (posted.status() != 201) {
				failed.incrementAndGet();
				return;
			}
			// The location may be absolute.
			int path = posted.location().indexOf("/api/");
			HttpConnection.Response read = connection.get(posted.location().substring(path));
			if (read.status() == 404) {
				stale.incrementAndGet();
			}
			else if (!read.isSuccessful()) {
				failed.incrementAndGet();
			}
		}
		catch (IOException | RuntimeException ex) {
			failed.incrementAndGet();
		}
	}

}
