package com.foobar.gateway.loadbalancer;

import java.util.List;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.BackendsSnapshot.EligibleBackend;

/**
 * Of two random backends, the one with fewer active requests for its weight. Two choices
 * keep the loads close together (Mitzenmacher, "The power of two choices in randomized
 * load balancing"). With the least loaded of all, several gateways would send their
 * requests to the same backend at once.
 * <p>
 * The two are drawn by weight, so weights also count on an idle site.
 */
final class LeastRequests implements LoadBalancer {

	@Override
	public Backend choose(List<EligibleBackend> eligible, long sequence, int client) {
		if (eligible.size() == 1) {
			return eligible.get(0).backend();
		}
		long total = 0;
		for (EligibleBackend candidate : eligible) {
			total += candidate.weight();
		}
		long random = SplitMix64.of(sequence);
		int first = draw(eligible, -1, Long.remainderUnsigned(random, total));
		long rest = total - eligible.get(first).weight();
		int second = draw(eligible, first, Long.remainderUnsigned(SplitMix64.of(random), rest));
		return lessLoaded(eligible.get(first), eligible.get(second));
	}

	private static int draw(List<EligibleBackend> eligible, int without, long random) {
		long left = random;
		for (int i = 0; i < eligible.size(); i++) {
			if (i != without) {
				left -= eligible.get(i).weight();
				if (left < 0) {
					return i;
				}
			}
		}
		throw new IllegalStateException("The number " + random + " is not below the sum of the weights of " + eligible);
	}

	private static Backend lessLoaded(EligibleBackend first, EligibleBackend second) {
		long firstLoad = (long) first.backend().inFlight() * second.weight();
		long secondLoad = (long) second.backend().inFlight() * first.weight();
		return (secondLoad < firstLoad) ? second.backend() : first.backend();
	}

}
