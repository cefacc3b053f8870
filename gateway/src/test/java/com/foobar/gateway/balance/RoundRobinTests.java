package com.foobar.gateway.balance;

import java.util.List;

import com.foobar.gateway.backends.Backend;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RoundRobinTests extends BalancerContract {

	@Override
	Balancer balancer() {
		return new RoundRobin();
	}

	@Test
	void takesEachInTurn() {
		List<Backend> usable = backends(3);
		assertThat(List.of(0L, 1L, 2L, 3L, 4L)).extracting((sequence) -> balancer().choose(usable, at(sequence)).name())
			.containsExactly("b0", "b1", "b2", "b0", "b1");
	}

	private static Arrival at(long sequence) {
		return new Arrival(sequence, 0);
	}

}
