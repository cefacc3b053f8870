package com.foobar.gateway.loadbalancer;

import java.util.List;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.EligibleBackend;

/**
 * The same client to the same backend, as long as that serves; by the client's address.
 * <p>
 * Weighted rendezvous hashing: each backend draws a number for the client, and the
 * highest wins. A backend that leaves moves its own clients only, one that comes takes
 * only its share, and two gateways agree without a word, because nothing but names,
 * weights and addresses has a part in it.
 */
final class SourceHash implements LoadBalancer {

	@Override
	public Backend choose(List<EligibleBackend> usable, RequestKey arrival) {
		EligibleBackend best = usable.get(0);
		double bestScore = score(best, arrival.client());
		for (int i = 1; i < usable.size(); i++) {
			EligibleBackend candidate = usable.get(i);
			double score = score(candidate, arrival.client());
			if (score > bestScore) {
				best = candidate;
				bestScore = score;
			}
		}
		return best.backend();
	}

	// With u drawn evenly from (0, 1), weight / -ln(u) is the highest of all with a
	// probability in proportion to the weight.
	private static double score(EligibleBackend candidate, int client) {
		long hash = SplitMix64.of(((long) candidate.backend().name().hashCode() << 32) | (client & 0xffffffffL));
		double even = ((hash >>> 11) + 0.5) * 0x1.0p-53;
		return candidate.weight() / -Math.log(even);
	}

}
