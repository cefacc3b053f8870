package com.foobar.gateway.console;

import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RecentReadingsTests {

	private final RecentReadings readings = new RecentReadings();

	@Test
	void comparesWithTheOldestOfTheWindow() {
		Reading first = at(0);
		assertThat(this.readings.compare(first)).isNull();
		assertThat(this.readings.compare(at(100))).as("too soon to tell").isNull();
		assertThat(this.readings.compare(at(1000))).isSameAs(first);
		assertThat(this.readings.compare(at(9000))).isSameAs(first);
		assertThat(this.readings.compare(at(10_500))).isNotNull()
			.extracting(Reading::nanos)
			.isEqualTo(at(1000).nanos());
	}

	@Test
	void beginsAnewWhenNobodyHasLookedForLong() {
		this.readings.compare(at(0));
		assertThat(this.readings.compare(at(60_000))).isNull();
		assertThat(this.readings.compare(at(61_000))).isNotNull();
	}

	@Test
	void shareOfTheCacheIsThatOfTheRequestsBetween() {
		Reading.LookUps before = new Reading.LookUps(10, 100);
		assertThat(new Reading.LookUps(40, 140).shareSince(before)).isEqualTo(0.75);
		assertThat(before.shareSince(before)).as("no request").isNull();
	}

	private static Reading at(long millis) {
		return new Reading(TimeUnit.MILLISECONDS.toNanos(millis), Map.of(), Map.of(), Reading.LookUps.NONE);
	}

}
