package com.foobar.gateway.loadbalancer;

import java.util.List;
import java.util.stream.Stream;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.BackendsSnapshot.EligibleBackend;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SourceHashTests extends LoadBalancerContract {

	private static final int CLIENTS = 10_000;

	private final LoadBalancer balancer = balancer();

	@Override
	LoadBalancer balancer() {
		return new SourceHash();
	}

	@Test
	void sameClientGetsTheSameBackend() {
		List<EligibleBackend> usable = equal(5);
		Backend chosen = this.balancer.choose(usable, 0, 4711);
		for (int i = 1; i < 100; i++) {
			assertThat(this.balancer.choose(usable, i, 4711)).isSameAs(chosen);
		}
	}

	@Test
	void removedBackendMovesOnlyItsOwnClients() {
		List<EligibleBackend> before = equal(5);
		List<EligibleBackend> after = Stream.of(0, 1, 3, 4).map(before::get).toList();
		Backend gone = before.get(2).backend();
		int[] moved = new int[5];
		for (int client = 0; client < CLIENTS; client++) {
			Backend first = choose(before, client);
			Backend second = choose(after, client);
			if (first == gone) {
				moved[Integer.parseInt(second.name().substring(1))]++;
			}
			else {
				assertThat(second).isSameAs(first);
			}
		}
		// They are distributed over all remaining backends.
		assertThat(Stream.of(0, 1, 3, 4)).allSatisfy((i) -> assertThat(moved[i]).isBetween(400, 600));
	}

	@Test
	void newBackendTakesOnlyItsShare() {
		List<EligibleBackend> after = equal(5);
		List<EligibleBackend> before = after.subList(0, 4);
		int moved = 0;
		for (int client = 0; client < CLIENTS; client++) {
			if (choose(before, client) != choose(after, client)) {
				assertThat(choose(after, client).name()).isEqualTo("b4");
				moved++;
			}
		}
		assertThat(moved).isBetween(1800, 2200);
	}

	@Test
	void distributesClientsByWeight() {
		int[] counts = counts(this.balancer, candidates(3, 1), CLIENTS);
		assertThat(counts[0]).isBetween(7300, 7700);
	}

	@Test
	void neighbouringClientsAreDistributed() {
		List<EligibleBackend> usable = equal(4);
		int[] counts = new int[4];
		for (int client = 0; client < 400; client++) {
			counts[Integer.parseInt(choose(usable, client).name().substring(1))]++;
		}
		assertThat(counts).satisfies((all) -> {
			for (int count : all) {
				assertThat(count).isBetween(70, 130);
			}
		});
	}

	private Backend choose(List<EligibleBackend> usable, int client) {
		return this.balancer.choose(usable, client, client);
	}

}
