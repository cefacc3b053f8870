package com.foobar.gateway.loadbalancer;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.BackendsSnapshot.EligibleBackend;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LeastRequestsTests extends LoadBalancerContract {

	@Override
	LoadBalancer balancer() {
		return new LeastRequests();
	}

	@Test
	void distributesByWeightWithoutLoad() {
		int[] counts = counts(balancer(), candidates(3, 1), 10_000);
		assertThat(counts[0]).isBetween(7350, 7650);
	}

	@Test
	void takesTheLessLoadedOfTwo() {
		List<EligibleBackend> usable = equal(2);
		usable.get(0).backend().begin();
		assertThat(counts(balancer(), usable, 100)).containsExactly(0, 100);
	}

	@Test
	void countsTheLoadByWeight() {
		List<EligibleBackend> usable = candidates(4, 1);
		usable.get(0).backend().begin();
		usable.get(0).backend().begin();
		usable.get(1).backend().begin();
		assertThat(counts(balancer(), usable, 100)).containsExactly(100, 0);
	}

	@Test
	void slowBackendGetsFewerRequests() {
		// The first takes ten times as long as the other three.
		List<EligibleBackend> usable = equal(4);
		Backend slow = usable.get(0).backend();
		LoadBalancer balancer = balancer();
		Deque<Backend> quick = new ArrayDeque<>();
		Deque<Integer> slowBegins = new ArrayDeque<>();
		int most = 0;
		for (int i = 0; i < 10_000; i++) {
			Backend chosen = balancer.choose(usable, i, client(i));
			chosen.begin();
			if (chosen == slow) {
				slowBegins.add(i);
			}
			else {
				quick.add(chosen);
			}
			if (quick.size() > 6) {
				quick.remove().end();
			}
			if (!slowBegins.isEmpty() && i - slowBegins.element() >= 60) {
				slowBegins.remove();
				slow.end();
			}
			most = Math.max(most, slow.inFlight());
		}
		// Round-robin would hold fifteen there.
		assertThat(most).isLessThan(9);
		assertThat(slow.requests()).isBetween(200L, 1500L);
	}

	@Test
	void distributesMoreEvenlyThanRandomChoice() {
		// Balls into bins: two choices keep the fullest within a few of the mean.
		List<EligibleBackend> usable = equal(50);
		LoadBalancer balancer = balancer();
		for (int i = 0; i < 5000; i++) {
			balancer.choose(usable, i, client(i)).begin();
		}
		assertThat(usable).allSatisfy((candidate) -> assertThat(candidate.backend().inFlight()).isBetween(94, 104));
	}

}
