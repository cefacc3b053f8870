package com.foobar.gateway.loadbalancer;

import java.util.List;
import java.util.stream.LongStream;

import com.foobar.gateway.backend.BackendsSnapshot.EligibleBackend;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RoundRobinTests extends LoadBalancerContract {

	@Override
	LoadBalancer balancer() {
		return new RoundRobin();
	}

	@Test
	void ignoresWeights() {
		List<EligibleBackend> usable = candidates(1, 7, 1);
		assertThat(LongStream.range(0, 5).mapToObj((i) -> balancer().choose(usable, i, client(i)).name()))
			.containsExactly("b0", "b1", "b2", "b0", "b1");
	}

}
