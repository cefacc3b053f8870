package com.foobar.gateway.loadbalancer;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.BackendsSnapshot.EligibleBackend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract of every load balancer.
 */
abstract class LoadBalancerContract {

	abstract LoadBalancer balancer();

	static List<EligibleBackend> candidates(int... weights) {
		return IntStream.range(0, weights.length)
			.mapToObj((i) -> new EligibleBackend(
					new Backend("b" + i, false, new InetSocketAddress(InetAddress.getLoopbackAddress(), 10000 + i)),
					weights[i]))
			.toList();
	}

	static List<EligibleBackend> equal(int count) {
		return candidates(IntStream.generate(() -> 1).limit(count).toArray());
	}

	/** How often each is chosen, in the order of the candidates. */
	static int[] counts(LoadBalancer balancer, List<EligibleBackend> usable, int requests) {
		Map<Backend, Integer> counts = new HashMap<>();
		for (int i = 0; i < requests; i++) {
			counts.merge(balancer.choose(usable, i, client(i)), 1, Integer::sum);
		}
		return usable.stream().mapToInt((candidate) -> counts.getOrDefault(candidate.backend(), 0)).toArray();
	}

	/** Each request from another client. */
	static int client(long sequence) {
		return (int) sequence * 0x9E3779B9;
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 100 })
	void choosesAnEligibleBackend(int count) {
		List<EligibleBackend> usable = equal(count);
		List<Backend> backends = usable.stream().map(EligibleBackend::backend).toList();
		LoadBalancer balancer = balancer();
		for (long sequence = 0; sequence < 1000; sequence++) {
			assertThat(backends).contains(balancer.choose(usable, sequence, client(sequence)));
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { Long.MAX_VALUE, Long.MIN_VALUE, -1, 0 })
	void survivesTheCounterWrappingAround(long sequence) {
		List<EligibleBackend> usable = candidates(3, 1, 25600);
		assertThat(usable).extracting(EligibleBackend::backend)
			.contains(balancer().choose(usable, sequence, Integer.MIN_VALUE));
	}

	@Test
	void distributesEquallyAmongEquals() {
		for (int count : counts(balancer(), equal(5), 10_000)) {
			assertThat(count).isBetween(1850, 2150);
		}
	}

	@Test
	void usesTheCurrentListOfBackends() {
		LoadBalancer balancer = balancer();
		List<EligibleBackend> three = equal(3);
		counts(balancer, three, 10);
		assertThat(counts(balancer, three.subList(1, 3), 1000)).doesNotContain(0);
		assertThat(counts(balancer, three, 1000)).doesNotContain(0);
		assertThat(counts(balancer, three.subList(2, 3), 10)).containsExactly(10);
	}

	@Test
	void resultsDoNotDependOnThreads() throws InterruptedException, ExecutionException {
		LoadBalancer balancer = balancer();
		List<EligibleBackend> some = candidates(4, 2, 1);
		List<EligibleBackend> others = some.subList(0, 2);
		int[] expectedOfSome = counts(balancer, some, 7000);
		int[] expectedOfOthers = counts(balancer, others, 7000);
		ExecutorService threads = Executors.newFixedThreadPool(4);
		try {
			Callable<int[]> countSome = () -> counts(balancer, some, 7000);
			Callable<int[]> countOthers = () -> counts(balancer, others, 7000);
			List<Future<int[]>> results = threads.invokeAll(List.of(countSome, countOthers, countSome, countOthers));
			for (int i = 0; i < results.size(); i++) {
				assertThat(results.get(i).get()).isEqualTo((i % 2 == 0) ? expectedOfSome : expectedOfOthers);
			}
		}
		finally {
			threads.shutdown();
		}
	}

}
