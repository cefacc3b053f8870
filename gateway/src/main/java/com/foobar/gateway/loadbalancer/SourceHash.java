package com.foobar.gateway.loadbalancer;

import java.util.List;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.BackendsSnapshot.EligibleBackend;

/**
 * The same client address to the same backend while that backend is eligible.
 * <p>
 * Weighted rendezvous hashing: each backend has a score for the client, and the highest
 * wins. A removed backend moves only its own clients, a new one takes only its share.
 * Several gateways agree without communication, since a score depends only on name,
 * weight and address.
 */
final class SourceHash implements LoadBalancer {

	@Override
	public Backend choose(List<EligibleBackend> eligible, long sequence, int client) {
		EligibleBackend best = eligible.get(0);
		double bestScore = score(best, client);
		for (int i = 1; i < eligible.size(); i++) {
			EligibleBackend candidate = eligible.get(i);
			double score = score(candidate, client);
			if (score > bestScore) {
				best = candidate;
				bestScore = score;
			}
		}
		return best.backend();
	}

	// With u uniform in (0, 1), weight / -ln(u) is the highest score with a probability
	// proportional to the weight.
	private static double score(EligibleBackend candidate, int client) {
		long hash = SplitMix64.of(((long) candidate.backend().name().hashCode() << 32) | (client & 0xffffffffL));
		double uniform = ((hash >>> 11) + 0.5) * 0x1.0p-53;
		return candidate.weight() / -Math.log(uniform);
	}

}
