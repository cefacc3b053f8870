package com.foobar.local;

import java.time.Duration;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SupervisorTests {

	@Test
	void waitsLongerEachTimeUpToHalfAMinute() {
		assertThat(Stream.iterate(Duration.ZERO, Supervisor::longer).limit(9).map(Duration::toSeconds))
			.containsExactly(0L, 1L, 2L, 4L, 8L, 16L, 30L, 30L, 30L);
	}

}
