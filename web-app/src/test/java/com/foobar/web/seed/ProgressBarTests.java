package com.foobar.web.seed;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProgressBarTests {

	@Test
	void showsPercentageRateAndRemainingTime() {
		assertThat(new ProgressBar(100_000, true).line(25_000, Duration.ofSeconds(5))).isEqualTo(
				"[" + "#".repeat(10) + ".".repeat(30) + "]  25 %  25,000 of 100,000 notices  5,000/s  15 s left");
	}

	@Test
	void handlesZeroRowsAndZeroTime() {
		assertThat(new ProgressBar(10, false).line(0, Duration.ZERO)).contains("0 %");
		assertThat(new ProgressBar(10, false).line(10, Duration.ZERO)).contains("100 %").contains(" 0 s left");
	}

}
