package com.foobar.routing.monitor;

import java.time.Duration;

import com.foobar.routing.gtid.GtidSet;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ErrantTransactionsTests {

	private static final GtidSet A = GtidSet.parse("3e11fa47-71ca-11e1-9e33-c80aa9429562:1");

	private static final GtidSet B = GtidSet.parse("4e11fa47-71ca-11e1-9e33-c80aa9429562:1");

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	@Test
	void transactionThatThePrimaryLacksTwiceASecondApartIsErrant() {
		ErrantTransactions once = ErrantTransactions.NONE.next(A, 5);
		assertThat(once.transactions()).isEqualTo(GtidSet.NONE);
		assertThat(once.next(A, SECOND).transactions()).as("too early").isEqualTo(GtidSet.NONE);
		ErrantTransactions twice = once.next(A.plus(B), 5 + SECOND);
		assertThat(twice.transactions()).isEqualTo(A);
		assertThat(twice.next(A.plus(B), 6 + SECOND).transactions()).as("stays").isEqualTo(A);
		assertThat(twice.next(A.plus(B), 5 + 2 * SECOND).transactions()).isEqualTo(A.plus(B));
	}

	@Test
	void transactionThatThePrimaryGetsLaterIsNoLongerErrant() {
		ErrantTransactions twice = ErrantTransactions.NONE.next(A, 0).next(A, SECOND);
		assertThat(twice.next(B, SECOND + 1).transactions()).isEqualTo(GtidSet.NONE);
		assertThat(twice.next(GtidSet.NONE, SECOND + 1)).isEqualTo(ErrantTransactions.NONE);
	}

}
