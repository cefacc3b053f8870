package com.foobar.routing.router;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;

import com.foobar.routing.NodeState;

/**
 * Whose turn it is, by stride scheduling (Waldspurger and Weihl 1995): each replica has
 * got so far, each turn takes it a stride further, and the one that is behind all others
 * is next. The heavier a replica the shorter its stride.
 * <p>
 * A counter modulo the number of replicas would be simpler, but fair only as long as
 * everybody chooses among the same ones. Reads that depend on a write choose among those
 * that have it, and a counter that they share with others can beat in time with them: of
 * two reads in each request, one of them dependent, the other would always meet the same
 * replica.
 * <p>
 * Thread-safe and lock-free: a thread that fails to take a turn fails because another one
 * took it.
 */
public final class StrideScheduler {

	/** A stride of weight 1; leaves room for 2^43 of them. */
	private static final long STRIDE = 1L << 20;

	private final Map<String, AtomicLong> progress = new ConcurrentHashMap<>();

	/** From where the last turn was taken. */
	private final AtomicLong horizon;

	StrideScheduler() {
		this(0);
	}

	/**
	 * Create turns that begin somewhere.
	 * @param horizon the place, which makes no difference
	 */
	StrideScheduler(long horizon) {
		this.horizon = new AtomicLong(horizon);
	}

	/**
	 * Take a turn.
	 * @param replicas those to choose from, at least one
	 * @param weight the weight of each, 1 or more
	 * @return one of them
	 */
	NodeState next(List<NodeState> replicas, ToIntFunction<NodeState> weight) {
		if (replicas.size() == 1) {
			// Whom there is no choice about has had no turn.
			return replicas.get(0);
		}
		while (true) {
			NodeState next = replicas.get(0);
			AtomicLong progress = progress(next);
			long reached = progress.get();
			for (int i = 1; i < replicas.size(); i++) {
				NodeState candidate = replicas.get(i);
				AtomicLong theirs = progress(candidate);
				long theyReached = theirs.get();
				// By difference, so that an overflow changes nothing.
				if (theyReached - reached < 0) {
					next = candidate;
					progress = theirs;
					reached = theyReached;
				}
			}
			long horizon = this.horizon.get();
			// Whoever was away has nothing to make up for: its absence was nobody's gain.
			long from = (reached - horizon < 0) ? horizon : reached;
			if (progress.compareAndSet(reached, from + Math.max(STRIDE / weight.applyAsInt(next), 1))) {
				if (from != horizon) {
					this.horizon.accumulateAndGet(from, StrideScheduler::further);
				}
				return next;
			}
		}
	}

	private AtomicLong progress(NodeState replica) {
		String name = replica.node().name();
		AtomicLong known = this.progress.get(name);
		return (known != null) ? known
				: this.progress.computeIfAbsent(name, (key) -> new AtomicLong(this.horizon.get()));
	}

	private static long further(long one, long other) {
		return (one - other < 0) ? other : one;
	}

}
