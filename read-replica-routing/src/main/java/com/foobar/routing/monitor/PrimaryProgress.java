package com.foobar.routing.monitor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.foobar.routing.gtid.GtidSet;
import org.jspecify.annotations.Nullable;

/**
 * Answers "since when has the primary had a transaction that this replica lacks?". A
 * replica whose link to its source is silent reports no lag until its
 * {@code replica_net_timeout} ends. The probes of the primary show the lag earlier. Not
 * thread-safe.
 */
final class PrimaryProgress {

	/** Maximum number of states; beyond it, every other state is dropped. */
	private static final int MAX_STATES = 128;

	/** Each contains the one before it, and more. */
	private final List<State> states = new ArrayList<>();

	private @Nullable State first;

	/**
	 * Record a probe of the primary.
	 * @param executed the transactions it has executed
	 * @param now when the probe ended, by {@link System#nanoTime()}
	 */
	void record(GtidSet executed, long now) {
		State first = this.first;
		GtidSet newest = (first == null || this.states.isEmpty()) ? GtidSet.NONE
				: this.states.get(this.states.size() - 1).executed;
		if (first == null || !executed.contains(first.executed) || !executed.contains(newest)) {
			// A server that has less than before was reset or restored.
			this.first = new State(executed, now);
			this.states.clear();
		}
		else if (!(this.states.isEmpty() ? first.executed : newest).contains(executed)) {
			this.states.add(new State(executed, now));
			if (this.states.size() > MAX_STATES) {
				thin();
			}
		}
	}

	/** The oldest stays, since its age is the lag of a replica that lacks it. */
	private void thin() {
		for (int i = this.states.size() - 2; i > 0; i -= 2) {
			this.states.remove(i);
		}
	}

	/**
	 * How long the primary has had a transaction that a replica lacked.
	 * <p>
	 * Some transactions of the first probe may never arrive: a replica that was restored
	 * from a copy need not list what the copy contained. So only the newest of them
	 * counts, and only for sources that the replica lists.
	 * @param replica transactions that the replica has executed, among others
	 * @param probed when the replica was probed, by {@link System#nanoTime()}
	 * @return zero if it lacks nothing
	 */
	Duration behind(GtidSet replica, long probed) {
		State first = this.first;
		if (first == null) {
			return Duration.ZERO;
		}
		State missing = replica.reaches(first.executed) ? firstMissing(replica.plus(first.executed)) : first;
		return (missing != null && probed - missing.since > 0) ? Duration.ofNanos(probed - missing.since)
				: Duration.ZERO;
	}

	private @Nullable State firstMissing(GtidSet held) {
		int low = 0;
		int high = this.states.size();
		while (low < high) {
			int middle = (low + high) >>> 1;
			if (held.contains(this.states.get(middle).executed)) {
				low = middle + 1;
			}
			else {
				high = middle;
			}
		}
		return (low < this.states.size()) ? this.states.get(low) : null;
	}

	/**
	 * The transactions of the primary at some time.
	 *
	 * @param executed the transactions
	 * @param since when a probe first found them
	 */
	private record State(GtidSet executed, long since) {

	}

}
