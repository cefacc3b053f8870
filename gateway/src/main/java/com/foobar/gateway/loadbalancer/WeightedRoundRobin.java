package com.foobar.gateway.loadbalancer;

import java.util.List;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.EligibleBackend;
import org.jspecify.annotations.Nullable;

/**
 * Each in turn, and as often as its weight says, spread evenly: 5, 1 and 1 give
 * {@code a a b a c a a}, never five in a row. The order is nginx's smooth weighted
 * round-robin; with equal weights it is plain round-robin.
 * <p>
 * The turns of a whole round are worked out once for each set of weights and then looked
 * up by the number of the request: no lock, and no counters that a cancelled request
 * could upset.
 */
final class WeightedRoundRobin implements LoadBalancer {

	/**
	 * The most turns of a round; larger weights are scaled down, which costs precision of
	 * less than a thousandth of the requests.
	 */
	private static final int MAX_TURNS = 4096;

	/**
	 * The latest round. Threads that race for it work out the same round twice, no more.
	 */
	private volatile @Nullable Round latest;

	@Override
	public Backend choose(List<EligibleBackend> usable, RequestKey arrival) {
		Round round = this.latest;
		if (round == null || (round.of != usable && !round.of.equals(usable))) {
			round = Round.of(usable);
			this.latest = round;
		}
		int turn = (int) Long.remainderUnsigned(arrival.sequence(), round.turns.length);
		return usable.get(round.turns[turn]).backend();
	}

	/** The turns of these candidates, as indices. */
	private static final class Round {

		private final List<EligibleBackend> of;

		private final int[] turns;

		private Round(List<EligibleBackend> of, int[] turns) {
			this.of = of;
			this.turns = turns;
		}

		static Round of(List<EligibleBackend> candidates) {
			int[] weights = scaled(candidates);
			int total = 0;
			for (int weight : weights) {
				total += weight;
			}
			int[] credit = new int[weights.length];
			int[] turns = new int[total];
			for (int turn = 0; turn < total; turn++) {
				int best = 0;
				for (int i = 0; i < credit.length; i++) {
					credit[i] += weights[i];
					if (credit[i] > credit[best]) {
						best = i;
					}
				}
				credit[best] -= total;
				turns[turn] = best;
			}
			return new Round(candidates, turns);
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
				weights[i] = (total / divisor <= MAX_TURNS) ? weight / divisor
						: Math.max(1, Math.toIntExact(Math.round((double) weight * MAX_TURNS / total)));
			}
			return weights;
		}

		private static int greatestCommonDivisor(int a, int b) {
			return (b == 0) ? a : greatestCommonDivisor(b, a % b);
		}

	}

}
