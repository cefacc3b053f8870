package com.foobar.routing.consistency;

import java.time.Duration;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CausalReadsTests {

	@ParameterizedTest
	@CsvSource({ "0, 500, 500", "200, 500, 150", "10000, 500, 500", "600, 500, 450", "1, 500, 1" })
	void waitEndsBeforeTheSocketTimeoutOfTheDriver(int socketTimeout, long timeout, long expected) {
		assertThat(CausalReads.within(socketTimeout, Duration.ofMillis(timeout)))
			.isEqualTo(Duration.ofMillis(expected));
	}

}
