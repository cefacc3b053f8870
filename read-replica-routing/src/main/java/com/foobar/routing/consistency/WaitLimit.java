package com.foobar.routing.consistency;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

import com.foobar.routing.DatabaseNode;

/**
 * Answers "may one more read wait for this server?". Each read that waits for a replica
 * occupies a connection to it, so that without a limit those who wait, for what may never
 * come, could take all the connections from those who need not wait. Thread-safe.
 */
public final class WaitLimit {

	/** Anybody may wait. */
	public static final WaitLimit NONE = new WaitLimit(Map.of());

	private final Map<String, Seats> seats;

	/**
	 * Create a limit.
	 * @param seats how many reads may wait for a server at a time, zero or more, by the
	 * server's name; any number may wait for a server that is not named
	 */
	public WaitLimit(Map<String, Integer> seats) {
		this.seats = seats.entrySet()
			.stream()
			.collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, (entry) -> new Seats(entry.getValue())));
	}

	/**
	 * How many reads wait for a server at this moment.
	 * @param node the server
	 * @return the number, zero for a server without limit
	 */
	public int waiting(DatabaseNode node) {
		Seats seats = this.seats.get(node.name());
		return (seats != null) ? seats.number - seats.free.availablePermits() : 0;
	}

	/**
	 * How many reads could not wait for a server because too many did.
	 * @param node the server
	 * @return the number since the start
	 */
	public long refused(DatabaseNode node) {
		Seats seats = this.seats.get(node.name());
		return (seats != null) ? seats.refused.sum() : 0;
	}

	/**
	 * Take a seat, to be given back with {@link #leave}.
	 * @param node the server to wait for
	 * @param patience how long to stand in line for the seat; zero for not at all
	 * @return whether there was one in time
	 */
	public boolean enter(DatabaseNode node, Duration patience) {
		Seats seats = this.seats.get(node.name());
		if (seats == null) {
			return true;
		}
		boolean entered = seats.take(patience);
		if (!entered) {
			seats.refused.increment();
		}
		return entered;
	}

	public void leave(DatabaseNode node) {
		Seats seats = this.seats.get(node.name());
		if (seats != null) {
			seats.free.release();
		}
	}

	@Override
	public String toString() {
		return this.seats.toString();
	}

	private static final class Seats {

		private final int number;

		/** In the order of arrival, so that nobody stands in line while others pass. */
		private final Semaphore free;

		private final LongAdder refused = new LongAdder();

		private Seats(int number) {
			this.number = number;
			this.free = new Semaphore(number, true);
		}

		private boolean take(Duration patience) {
			try {
				return this.number > 0 && this.free.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		}

		@Override
		public String toString() {
			return String.valueOf(this.number);
		}

	}

}
