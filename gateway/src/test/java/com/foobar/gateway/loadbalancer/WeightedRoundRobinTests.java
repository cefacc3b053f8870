package com.foobar.gateway.loadbalancer;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

import com.foobar.gateway.backend.BackendsSnapshot.EligibleBackend;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WeightedRoundRobinTests extends LoadBalancerContract {

	@Override
	LoadBalancer balancer() {
		return new WeightedRoundRobin();
	}

	@Test
	void isRoundRobinAmongEquals() {
		assertThat(turns(candidates(3, 3, 3), 6)).isEqualTo("b0 b1 b2 b0 b1 b2");
	}

	@Test
	void distributesTheSlotsAsNginxDoes() {
		assertThat(turns(candidates(5, 1, 1), 7)).isEqualTo("b0 b0 b1 b0 b2 b0 b0");
	}

	@Test
	void isExactOverEachRound() {
		LoadBalancer balancer = balancer();
		assertThat(counts(balancer, candidates(500, 300, 200), 1000)).containsExactly(500, 300, 200);
	}

	@Test
	void keepsTheProportionsOfLargeWeights() {
		int[] counts = counts(balancer(), candidates(25600, 12799, 1), 40_960);
		assertThat(counts[0]).isBetween(27_200, 27_400);
		assertThat(counts[1]).isBetween(13_550, 13_700);
		assertThat(counts[2]).isBetween(1, 20);
	}

	private String turns(List<EligibleBackend> usable, int count) {
		return LongStream.range(0, count)
			.mapToObj((i) -> balancer().choose(usable, i, client(i)).name())
			.collect(Collectors.joining(" "));
	}

}
