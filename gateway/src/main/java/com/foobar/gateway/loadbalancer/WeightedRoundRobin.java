package com.foobar.gateway.loadbalancer;

import java.util.List;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.BackendsSnapshot.EligibleBackend;
import org.jspecify.annotations.Nullable;

/**
 * Smooth weighted round robin, in nginx's order: weights 5, 1 and 1 give
 * {@code a a b a c a a}, never five in a row. With equal weights it is plain round robin.
 * <p>
 * The slots of a whole cycle are computed once for each set of weights and then looked up
 * by the number of the request: no lock, and no counter that a cancelled request could
 * distort.
 */
final class WeightedRoundRobin implements LoadBalancer {

	/**
	 * Most slots of a cycle. Larger weights are scaled down, at a loss of precision of
	 * less than a thousandth of the requests.
	 */
	private static final int MAX_SLOTS = 4096;

	/**
	 * The latest cycle. Threads that race compute the same cycle twice, no more.
	 */
	private volatile @Nullable Cycle latest;

	@Override
	public Backend choose(List<EligibleBackend> eligible, long sequence, int client) {
		Cycle cycle = this.latest;
		if (cycle == null || (cycle.of != eligible && !cycle.of.equals(eligible))) {
			cycle = Cycle.of(eligible);
			this.latest = cycle;
		}
		int slot = (int) Long.remainderUnsigned(sequence, cycle.slots.length);
		return eligible.get(cycle.slots[slot]).backend();
	}

	/** The slots of a list of backends, as indices into it. */
	private static final class Cycle {

		private final List<EligibleBackend> of;

		private final int[] slots;

		private Cycle(List<EligibleBackend> of, int[] slots) {
			this.of = of;
			this.slots = slots;
		}

		static Cycle of(List<EligibleBackend> candidates) {
			int[] weights = scaled(candidates);
			int total = 0;
			for (int weight : weights) {
				total += weight;
			}
			int[] credit = new int[weights.length];
			int[] slots = new int[total];
			for (int slot = 0; slot < total; slot++) {
				int best = 0;
				for (int i = 0; i < credit.length; i++) {
					credit[i] += weights[i];
					if (credit[i] > credit[best]) {
						best = i;
					}
				}
				credit[best] -= total;
				slots[slot] = best;
			}
			return new Cycle(candidates, slots);
		}

		private static int[] scaled(List<EligibleBackend> candidates) {
			int divisor = 0;
			long total = 0;
			for (EligibleBackend candidate : candidates) {
				divisor = greatestCommonDivisor(candidate.weight(), divisor);
				total += candidate.weight();
			}
			int[] weights = new int[candidates.size()];
			for (int i = 0; i < weights.length; i++) {
				int weight = candidates.get(i).weight();
				weights[i] = (total / divisor <= MAX_SLOTS) ? weight / divisor
						: Math.max(1, Math.toIntExact(Math.round((double) weight * MAX_SLOTS / total)));
			}
			return weights;
		}

		private static int greatestCommonDivisor(int a, int b) {
			return (b == 0) ? a : greatestCommonDivisor(b, a % b);
		}

	}

}
