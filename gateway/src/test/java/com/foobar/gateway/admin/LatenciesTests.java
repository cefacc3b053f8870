package com.foobar.gateway.admin;

import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class LatenciesTests {

	@Test
	void estimatesWithinABucket() {
		Latencies latencies = latencies(100, Map.of(1.0, 0L, 10.0, 50L, 20.0, 100L));
		assertThat(latencies.quantile(0.5)).isCloseTo(10, within(1e-9));
		assertThat(latencies.quantile(0.25)).isCloseTo(5.5, within(1e-9));
		assertThat(latencies.quantile(0.99)).isCloseTo(19.8, within(1e-9));
	}

	@Test
	void returnsTheLargestLimitForLongerDurations() {
		assertThat(latencies(10, Map.of(1.0, 2L, 10.0, 4L)).quantile(0.99)).isEqualTo(10);
	}

	@Test
	void hasNoneWithoutRequests() {
		assertThat(Latencies.NONE.quantile(0.5)).isNull();
	}

	@Test
	void addsAndSubtracts() {
		Latencies before = latencies(10, Map.of(1.0, 5L, 2.0, 10L));
		Latencies after = latencies(30, Map.of(1.0, 5L, 2.0, 30L));
		assertThat(after.since(before)).isEqualTo(latencies(20, Map.of(1.0, 0L, 2.0, 20L)));
		assertThat(before.plus(after)).isEqualTo(latencies(40, Map.of(1.0, 10L, 2.0, 40L)));
	}

	private static Latencies latencies(long count, Map<Double, Long> atMost) {
		return new Latencies(count, new TreeMap<>(atMost));
	}

}
