package com.foobar.gateway.loadbalancer;

import java.util.List;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.EligibleBackend;

/**
 * Of two drawn by lot, the one with fewer requests in flight for its weight. Two are
 * enough to keep the loads close together (Mitzenmacher, "The power of two choices in
 * randomized load balancing"), and unlike the least of all they cannot make every gateway
 * run to the same backend at once.
 * <p>
 * The lots are drawn by weight, so an idle site is shared out by weight as well.
 */
final class LeastRequests implements LoadBalancer {

	@Override
	public Backend choose(List<EligibleBackend> usable, RequestKey arrival) {
		if (usable.size() == 1) {
			return usable.get(0).backend();
		}
		long total = 0;
		for (EligibleBackend candidate : usable) {
			total += candidate.weight();
		}
		long lot = SplitMix64.of(arrival.sequence());
		int first = draw(usable, -1, Long.remainderUnsigned(lot, total));
		long rest = total - usable.get(first).weight();
		int second = draw(usable, first, Long.remainderUnsigned(SplitMix64.of(lot), rest));
		return lessLoaded(usable.get(first), usable.get(second));
	}

	private static int draw(List<EligibleBackend> usable, int without, long lot) {
		long left = lot;
		for (int i = 0; i < usable.size(); i++) {
			if (i != without) {
				left -= usable.get(i).weight();
				if (left < 0) {
					return i;
				}
			}
		}
		throw new IllegalStateException("A lot of " + lot + " is beyond the weights of " + usable);
	}

	private static Backend lessLoaded(EligibleBackend first, EligibleBackend second) {
		long firstLoad = (long) first.backend().inFlight() * second.weight();
		long secondLoad = (long) second.backend().inFlight() * first.weight();
		return (secondLoad < firstLoad) ? second.backend() : first.backend();
	}

}
