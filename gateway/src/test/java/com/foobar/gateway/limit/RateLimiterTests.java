package com.foobar.gateway.limit;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RateLimiterTests {

	private final AtomicLong clock = new AtomicLong(-5);

	private final RateLimiter limit = new RateLimiter(3, Duration.ofSeconds(6), 2, this.clock::get);

	private static InetAddress address(String literal) {
		try {
			return InetAddress.getByName(literal);
		}
		catch (UnknownHostException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private RateLimiter.Decision tryAcquire(String client) {
		return this.limit.tryAcquire(address(client));
	}

	private void pass(Duration time) {
		this.clock.addAndGet(time.toNanos());
	}

	@Test
	void allowsABurstAndThenRequestsAsTheBucketRefills() {
		assertThat(tryAcquire("192.0.2.1").header()).isEqualTo("\"address\";r=2;t=2");
		assertThat(tryAcquire("192.0.2.1").header()).isEqualTo("\"address\";r=1;t=4");
		assertThat(tryAcquire("192.0.2.1").header()).isEqualTo("\"address\";r=0;t=2");
		RateLimiter.Decision refused = tryAcquire("192.0.2.1");
		assertThat(refused.allowed()).isFalse();
		assertThat(refused.seconds()).isEqualTo(2);
		pass(Duration.ofMillis(1500));
		assertThat(tryAcquire("192.0.2.1").allowed()).isFalse();
		pass(Duration.ofMillis(500));
		assertThat(tryAcquire("192.0.2.1").allowed()).isTrue();
		assertThat(tryAcquire("192.0.2.1").allowed()).isFalse();
	}

	@Test
	void neverExceedsTheSizeOfTheBucket() {
		tryAcquire("192.0.2.1");
		pass(Duration.ofHours(1));
		for (int i = 0; i < 3; i++) {
			assertThat(tryAcquire("192.0.2.1").allowed()).isTrue();
		}
		assertThat(tryAcquire("192.0.2.1").allowed()).isFalse();
	}

	@Test
	void countsAnIpv6NetworkAsOneClientAndEachIpv4AddressSeparately() {
		for (int i = 0; i < 3; i++) {
			assertThat(tryAcquire("2001:db8::" + i).allowed()).isTrue();
		}
		assertThat(tryAcquire("2001:db8::ffff:1").allowed()).isFalse();
		assertThat(tryAcquire("2001:db8:0:1::1").allowed()).isTrue();
		assertThat(new RateLimiter(1, Duration.ofSeconds(1), 9, this.clock::get).tryAcquire(address("192.0.2.2"))
			.allowed()).isTrue();
	}

	@Test
	void countsNoMoreClientsThanItsCapacity() {
		tryAcquire("192.0.2.1");
		tryAcquire("192.0.2.2");
		for (int i = 3; i < 200; i++) {
			assertThat(tryAcquire("192.0.2." + i).allowed()).isTrue();
		}
		assertThat(this.limit.counted()).isEqualTo(2);
		pass(Duration.ofSeconds(10));
		tryAcquire("192.0.2.99");
		assertThat(this.limit.counted()).as("the others are full again and forgotten").isEqualTo(1);
	}

	@Test
	void refundedRequestsDoNotCount() {
		for (int i = 0; i < 9; i++) {
			assertThat(tryAcquire("192.0.2.1").allowed()).as("after %d", i).isTrue();
			this.limit.refund(address("192.0.2.1"));
		}
		assertThat(tryAcquire("192.0.2.1").header()).isEqualTo("\"address\";r=2;t=2");
		this.limit.refund(address("192.0.2.2"));
		assertThat(this.limit.counted()).isEqualTo(1);
	}

	@Test
	void countsEachClientSeparately() {
		for (int i = 0; i < 3; i++) {
			tryAcquire("192.0.2.1");
		}
		assertThat(tryAcquire("192.0.2.1").allowed()).isFalse();
		assertThat(tryAcquire("192.0.2.2").allowed()).isTrue();
	}

	@Test
	void frequentClientIsNotEvictedByManyOthers() {
		for (int i = 0; i < 4; i++) {
			tryAcquire("192.0.2.1");
		}
		for (int i = 2; i < 200; i++) {
			tryAcquire("192.0.2." + i);
			assertThat(tryAcquire("192.0.2.1").allowed()).as("after %d", i).isFalse();
		}
	}

	@Test
	void formatsThePolicyHeader() {
		assertThat(this.limit.policy()).isEqualTo("\"address\";q=3;w=6");
		assertThat(new RateLimiter(0, Duration.ofSeconds(6), 2, this.clock::get).isOn()).isFalse();
	}

}
