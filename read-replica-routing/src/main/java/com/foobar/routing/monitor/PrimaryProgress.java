package com.foobar.routing.monitor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.foobar.routing.gtid.GtidSet;
import org.jspecify.annotations.Nullable;

/**
 * Answers "since when has the primary had something that this replica has not?". A
 * replica whose link to its source has fallen silent says that it has no lag, until its
 * {@code replica_net_timeout} ends, since it knows of nothing that it has not got. The
 * looks at the primary know better. Not thread-safe.
 */
final class PrimaryProgress {

	/** Beyond that, every other state is forgotten. */
	private static final int LONGEST = 128;

	/** Each has all that the one before has, and more. */
	private final List<State> states = new ArrayList<>();

	private @Nullable State first;

	/**
	 * Note what a look at the primary found.
	 * @param executed what it has executed
	 * @param now when the look ended, by {@link System#nanoTime()}
	 */
	void seen(GtidSet executed, long now) {
		State first = this.first;
		GtidSet newest = (first == null || this.states.isEmpty()) ? GtidSet.NONE
				: this.states.get(this.states.size() - 1).executed;
		if (first == null || !executed.contains(first.executed) || !executed.contains(newest)) {
			// Whoever has less than before was reset or restored.
			this.first = new State(executed, now);
			this.states.clear();
		}
		else if (!(this.states.isEmpty() ? first.executed : newest).contains(executed)) {
			this.states.add(new State(executed, now));
			if (this.states.size() > LONGEST) {
				thin();
			}
		}
	}

	/** The oldest stays: it is the one that a replica lacks for longest. */
	private void thin() {
		for (int i = this.states.size() - 2; i > 0; i -= 2) {
			this.states.remove(i);
		}
	}

	/**
	 * How long the primary has had what a replica lacked.
	 * <p>
	 * Of what the primary had at the first look some may never come: a replica that was
	 * made from a copy need not know what the copy contained. So the newest transaction
	 * alone counts there, and only of sources that the replica knows.
	 * @param replica what the replica has executed at least
	 * @param asked when the replica was asked, by {@link System#nanoTime()}
	 * @return zero if it lacks nothing
	 */
	Duration behind(GtidSet replica, long asked) {
		State first = this.first;
		if (first == null) {
			return Duration.ZERO;
		}
		State missing = replica.reaches(first.executed) ? firstMissing(replica.plus(first.executed)) : first;
		return (missing != null && asked - missing.since > 0) ? Duration.ofNanos(asked - missing.since) : Duration.ZERO;
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
	 * What the primary had at some moment.
	 *
	 * @param executed the transactions
	 * @param since when it was first seen to have them
	 */
	private record State(GtidSet executed, long since) {

	}

}
