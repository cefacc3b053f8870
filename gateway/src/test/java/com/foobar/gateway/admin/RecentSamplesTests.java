package com.foobar.gateway.admin;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecentSamplesTests {

	private final RecentSamples samples = new RecentSamples();

	@Test
	void comparesWithTheOldestOfTheWindow() {
		Sample first = at(0);
		assertThat(this.samples.compare(first)).isNull();
		assertThat(this.samples.compare(at(100))).as("too early").isNull();
		assertThat(this.samples.compare(at(1000))).isSameAs(first);
		assertThat(this.samples.compare(at(9000))).isSameAs(first);
		assertThat(this.samples.compare(at(10_500))).isNotNull().extracting(Sample::nanos).isEqualTo(at(1000).nanos());
	}

	@Test
	void startsAgainAfterAPauseLongerThanTheWindow() {
		this.samples.compare(at(0));
		assertThat(this.samples.compare(at(60_000))).isNull();
		assertThat(this.samples.compare(at(61_000))).isNotNull();
	}

	@Test
	void shareOfTheCacheIsThatOfTheRequestsBetween() {
		Sample.Lookups before = new Sample.Lookups(10, 100);
		assertThat(new Sample.Lookups(40, 140).hitRatioSince(before)).isEqualTo(0.75);
		assertThat(before.hitRatioSince(before)).as("no request").isNull();
	}

	private static Sample at(long millis) {
		return new Sample(TimeUnit.MILLISECONDS.toNanos(millis), Map.of(), Map.of(), Sample.Lookups.NONE);
	}

}
