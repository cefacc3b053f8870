package com.foobar.gateway.balance;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import com.foobar.gateway.backends.Backend;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every balancer must do.
 */
abstract class BalancerContract {

	abstract Balancer balancer();

	static List<Backend> backends(int count) {
		return IntStream.range(0, count)
			.mapToObj((i) -> new Backend("b" + i, false,
					new InetSocketAddress(InetAddress.getLoopbackAddress(), 10000 + i)))
			.toList();
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 100 })
	void choosesOneOfTheUsable(int count) {
		List<Backend> usable = backends(count);
		for (long sequence = 0; sequence < 1000; sequence++) {
			assertThat(usable).contains(balancer().choose(usable, new Arrival(sequence, (int) sequence * 31)));
		}
	}

	@ParameterizedTest
	@ValueSource(longs = { Long.MAX_VALUE, Long.MIN_VALUE, -1, 0 })
	void survivesTheCounterWrappingAround(long sequence) {
		List<Backend> usable = backends(3);
		assertThat(usable).contains(balancer().choose(usable, new Arrival(sequence, Integer.MIN_VALUE)));
	}

	@Test
	void reachesEveryBackend() {
		List<Backend> usable = backends(5);
		List<Backend> chosen = new ArrayList<>();
		for (int i = 0; i < 2000; i++) {
			chosen.add(balancer().choose(usable, new Arrival(i, i * 0x9E3779B9)));
		}
		assertThat(chosen).containsAll(usable);
	}

}
