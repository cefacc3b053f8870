package com.foobar.routing.consistency;

import com.foobar.routing.CausalityToken;
import com.foobar.routing.PrimaryGtids;
import com.foobar.routing.gtid.GtidSet;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ObservedGtidsTests {

	private static final String A = "3e11fa47-71ca-11e1-9e33-c80aa9429562";

	private static final String B = "4e11fa47-71ca-11e1-9e33-c80aa9429562";

	@Test
	void whatThePrimaryLacksIsForgottenOnlyIfItWasAskedLater() {
		ObservedGtids remembered = add(add(ObservedGtids.NONE, A + ":5", 100), A + ":7", 200);
		assertThat(remembered.settle(history(A + ":1-4", 50)).all()).isEqualTo(set(A + ":5:7"));
		assertThat(remembered.settle(history(A + ":1-4", 150)).all()).isEqualTo(set(A + ":7"));
		assertThat(remembered.settle(history(A + ":1-5", 250)).all()).isEqualTo(set(A + ":5"));
		assertThat(remembered.settle(null)).isSameAs(remembered);
	}

	@Test
	void lostCommitOfAThreadThatCommitsAllTheTimeIsForgottenWithinTwoLooks() {
		ObservedGtids remembered = add(ObservedGtids.NONE, A + ":100", 1);
		long time = 2;
		for (int look = 0; look < 2; look++) {
			long asked = time + 5;
			while (time < asked + 5) {
				remembered = add(remembered, B + ":" + time, time);
				time++;
			}
			remembered = remembered.settle(history(A + ":1-99," + B + ":1-" + asked, asked));
		}
		assertThat(remembered.all().contains(set(A + ":100"))).isFalse();
		assertThat(remembered.all().contains(set(B + ":" + (time - 1)))).isTrue();
	}

	@Test
	void whatWasHeldByOnePrimaryMayBeLackedByTheNext() {
		ObservedGtids remembered = add(ObservedGtids.NONE, A + ":5", 100).settle(history(A + ":1-5", 150));
		assertThat(remembered.all()).isEqualTo(set(A + ":5"));
		assertThat(remembered.settle(history(A + ":1-4", 160)).isEmpty()).isTrue();
	}

	@Test
	void timesMayOverflow() {
		ObservedGtids remembered = add(ObservedGtids.NONE, A + ":5", Long.MAX_VALUE);
		assertThat(remembered.settle(history("", Long.MIN_VALUE + 1)).isEmpty()).isTrue();
		assertThat(remembered.settle(history("", Long.MAX_VALUE - 1)).isEmpty()).isFalse();
	}

	@Test
	void ownCommitIsNotLeftOutHoweverManyWereSeen() {
		Dependencies dependencies = new Dependencies(GtidSet.NONE);
		StringBuilder many = new StringBuilder(B + ":1-9");
		for (int server = 10; server < 60; server++) {
			many.append(",000000").append(server).append("-0000-0000-0000-000000000000:1-1000");
		}
		dependencies.committed(set(B + ":7"));
		dependencies.observed(set(many.toString()), () -> GtidSet.NONE);
		GtidSet token = dependencies.forToken(null, () -> GtidSet.NONE);
		assertThat(token.contains(set(B + ":7"))).isTrue();
		assertThat(token.toString()).hasSizeLessThanOrEqualTo(CausalityToken.MAX_LENGTH);
		assertThat(dependencies.all(null).contains(set(B + ":7"))).isTrue();
	}

	private static ObservedGtids add(ObservedGtids before, String gtids, long time) {
		return before.plus(set(gtids), time, set(gtids), () -> GtidSet.NONE);
	}

	private static PrimaryGtids history(String executed, long asked) {
		return new PrimaryGtids(set(executed), asked, GtidSet.NONE);
	}

	private static GtidSet set(String gtids) {
		return GtidSet.parse(gtids);
	}

}
