package com.foobar.routing.monitor;

import java.time.Duration;

import com.foobar.routing.gtid.GtidSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PrimaryProgressTests {

	private static final String SOURCE = "3e11fa47-71ca-11e1-9e33-c80aa9429562:";

	private static final String OTHER = "4e11fa47-71ca-11e1-9e33-c80aa9429562:";

	private final PrimaryProgress progress = new PrimaryProgress();

	@Test
	void nothingIsMissingBeforeThePrimaryIsProbed() {
		assertThat(behind(SOURCE + "1-5", 100)).isZero();
	}

	@ParameterizedTest
	@CsvSource({ "1-10, 0", "1-12, 0", "1-9, 50", "5-10, 0", "1-3:10, 0", "10, 0" })
	void newestTransactionOfTheFirstProbeCounts(String held, long seconds) {
		seen(SOURCE + "1-10", 50);
		assertThat(behind(SOURCE + held, 100)).hasSeconds(seconds);
	}

	@Test
	void sourcesThatTheReplicaDoesNotListCountOnlyWhenTheyAdvance() {
		seen(SOURCE + "1-10," + OTHER + "1-3", 50);
		assertThat(behind(SOURCE + "1-10", 100)).isZero();
		seen(SOURCE + "1-10," + OTHER + "1-4", 60);
		assertThat(behind(SOURCE + "1-10", 100)).hasSeconds(40);
		assertThat(behind(SOURCE + "1-10," + OTHER + "4", 100)).isZero();
	}

	@Test
	void lagIsMeasuredFromTheOldestMissingTransaction() {
		seen(SOURCE + "1-10", 0);
		for (int i = 1; i <= 20; i++) {
			seen(SOURCE + "1-" + (10 + i), i);
		}
		assertThat(behind(SOURCE + "1-10", 30)).hasSeconds(29);
		assertThat(behind(SOURCE + "1-15", 30)).hasSeconds(24);
		assertThat(behind(SOURCE + "1-30", 30)).isZero();
	}

	@Test
	void repeatedStateKeepsItsTime() {
		seen(SOURCE + "1-10", 0);
		seen(SOURCE + "1-11", 1);
		seen(SOURCE + "1-11", 9);
		assertThat(behind(SOURCE + "1-10", 10)).hasSeconds(9);
	}

	@Test
	void replicaProbedBeforeThePrimaryDoesNotLag() {
		seen(SOURCE + "1-10", 0);
		seen(SOURCE + "1-11", 5);
		assertThat(behind(SOURCE + "1-10", 4)).isZero();
	}

	@Test
	void primaryThatWasResetStartsAgain() {
		seen(SOURCE + "1-10", 0);
		seen(SOURCE + "1-11", 1);
		seen(OTHER + "1", 2);
		assertThat(behind(SOURCE + "1-10", 10)).isZero();
	}

	@Test
	void oldestStateStaysHoweverManyFollow() {
		seen(SOURCE + "1", 0);
		for (int i = 1; i <= 10_000; i++) {
			seen(SOURCE + "1-" + (1 + i), i);
		}
		assertThat(behind(SOURCE + "1", 20_000)).hasSeconds(19_999);
		assertThat(behind(SOURCE + "1-10001", 20_000)).isZero();
		assertThat(behind(SOURCE + "1-10000", 20_000)).hasSeconds(10_000);
	}

	@Test
	void worksWithMariaDbGtids() {
		seen("0-1-10,5-1-3", 0);
		assertThat(behind("0-1-9", 10)).hasSeconds(10);
		assertThat(behind("0-1-10", 10)).isZero();
		seen("0-1-12,5-1-3", 4);
		assertThat(behind("0-1-10", 10)).hasSeconds(6);
		assertThat(behind("0-2-12", 10)).isZero();
	}

	private void seen(String executed, long second) {
		this.progress.record(GtidSet.parse(executed), Duration.ofSeconds(second).toNanos());
	}

	private Duration behind(String executed, long second) {
		return this.progress.behind(GtidSet.parse(executed), Duration.ofSeconds(second).toNanos());
	}

}
