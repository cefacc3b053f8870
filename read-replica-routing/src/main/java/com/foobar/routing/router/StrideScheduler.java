package com.foobar.routing.router;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ToIntFunction;

import com.foobar.routing.NodeState;

/**
 * Stride scheduling (Waldspurger and Weihl 1995): each replica has a pass value, each
 * turn advances it by the replica's stride, and the replica with the lowest value is
 * next. The greater its weight, the shorter its stride.
 * <p>
 * A counter modulo the number of replicas would be simpler, but fair only if all reads
 * choose among the same replicas. Reads that depend on a write choose among those that
 * have it. With a shared counter the two kinds can alternate in step: of two reads in
 * each request, one of them dependent, the other would always get the same replica.
 * <p>
 * Thread-safe and lock-free: a thread that fails to take a turn fails because another one
 * took it.
 */
final class StrideScheduler {

	/** A stride of weight 1; leaves room for 2^43 of them. */
	private static final long STRIDE = 1L << 20;

	private final Map<String, AtomicLong> passes = new ConcurrentHashMap<>();

	/** The pass value of the last turn. */
	private final AtomicLong horizon;

	StrideScheduler() {
		this(0);
	}

	/**
	 * Create a scheduler that starts at a pass value.
	 * @param horizon the value, which makes no difference to the order
	 */
	StrideScheduler(long horizon) {
		this.horizon = new AtomicLong(horizon);
	}

	/**
	 * Take a turn.
	 * @param replicas the candidates, at least one
	 * @param weight the weight of each, 1 or more
	 * @return one of them
	 */
	NodeState next(List<NodeState> replicas, ToIntFunction<NodeState> weight) {
		if (replicas.size() == 1) {
			// A sole candidate consumes no turn.
			return replicas.get(0);
		}
		while (true) {
			NodeState next = replicas.get(0);
			AtomicLong pass = pass(next);
			long lowest = pass.get();
			for (int i = 1; i < replicas.size(); i++) {
				NodeState candidate = replicas.get(i);
				AtomicLong candidatePass = pass(candidate);
				long value = candidatePass.get();
				// By difference, so that an overflow changes nothing.
				if (value - lowest < 0) {
					next = candidate;
					pass = candidatePass;
					lowest = value;
				}
			}
			long horizon = this.horizon.get();
			// A replica that was away does not catch up on missed turns.
			long from = (lowest - horizon < 0) ? horizon : lowest;
			if (pass.compareAndSet(lowest, from + Math.max(STRIDE / weight.applyAsInt(next), 1))) {
				if (from != horizon) {
					this.horizon.accumulateAndGet(from, StrideScheduler::max);
				}
				return next;
			}
		}
	}

	private AtomicLong pass(NodeState replica) {
		String name = replica.node().name();
		AtomicLong known = this.passes.get(name);
		return (known != null) ? known : this.passes.computeIfAbsent(name, (key) -> new AtomicLong(this.horizon.get()));
	}

	private static long max(long one, long other) {
		return (one - other < 0) ? other : one;
	}

}
