package com.foobar.routing.consistency;

import java.time.Duration;

import com.foobar.routing.CausalityToken;
import com.foobar.routing.PrimaryGtids;
import com.foobar.routing.gtid.GtidSet;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ObservedGtidsTests {

	private static final String A = "3e11fa47-71ca-11e1-9e33-c80aa9429562";

	private static final String B = "4e11fa47-71ca-11e1-9e33-c80aa9429562";

	@Test
	void missingGtidsAreDroppedOnlyByALaterProbe() {
		ObservedGtids observed = add(add(ObservedGtids.NONE, A + ":5", 100), A + ":7", 200);
		assertThat(observed.settle(history(A + ":1-4", 50)).all()).isEqualTo(set(A + ":5:7"));
		assertThat(observed.settle(history(A + ":1-4", 150)).all()).isEqualTo(set(A + ":7"));
		assertThat(observed.settle(history(A + ":1-5", 250)).all()).isEqualTo(set(A + ":5"));
		assertThat(observed.settle(null)).isSameAs(observed);
	}

	@Test
	void lostCommitOfABusyThreadIsDroppedWithinTwoProbes() {
		ObservedGtids observed = add(ObservedGtids.NONE, A + ":100", 1);
		long time = 2;
		for (int probe = 0; probe < 2; probe++) {
			long probed = time + 5;
			while (time < probed + 5) {
				observed = add(observed, B + ":" + time, time);
				time++;
			}
			observed = observed.settle(history(A + ":1-99," + B + ":1-" + probed, probed));
		}
		assertThat(observed.all().contains(set(A + ":100"))).isFalse();
		assertThat(observed.all().contains(set(B + ":" + (time - 1)))).isTrue();
	}

	@Test
	void nextPrimaryMayLackGtidsOfTheFormer() {
		ObservedGtids observed = add(ObservedGtids.NONE, A + ":5", 100).settle(history(A + ":1-5", 150));
		assertThat(observed.all()).isEqualTo(set(A + ":5"));
		assertThat(observed.settle(history(A + ":1-4", 160)).isEmpty()).isTrue();
	}

	@Test
	void nanoTimeMayOverflow() {
		ObservedGtids observed = add(ObservedGtids.NONE, A + ":5", Long.MAX_VALUE);
		assertThat(observed.settle(history("", Long.MIN_VALUE + 1)).isEmpty()).isTrue();
		assertThat(observed.settle(history("", Long.MAX_VALUE - 1)).isEmpty()).isFalse();
	}

	@Test
	void ownCommitIsKeptHoweverManyWereObserved() {
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

	@Test
	void requirementFollowsEachChangeAndEachReportOfThePrimary() {
		Duration timeout = Duration.ofSeconds(1);
		Dependencies dependencies = new Dependencies(GtidSet.NONE);
		assertThat(dependencies.required(null, timeout)).isSameAs(RequiredGtids.NONE);
		dependencies.addUnverified(set(B + ":9"), () -> GtidSet.NONE);
		assertThat(dependencies.required(null, timeout)).isEqualTo(new RequiredGtids(set(B + ":9"), timeout))
			.isSameAs(dependencies.required(null, timeout));
		dependencies.verified(set(B + ":9"), GtidSet.NONE);
		assertThat(dependencies.required(null, timeout)).isSameAs(RequiredGtids.NONE);
		dependencies.committed(set(A + ":5"));
		assertThat(dependencies.required(null, timeout).transactions()).isEqualTo(set(A + ":5"));
		dependencies.observed(set(A + ":7"), () -> GtidSet.NONE);
		assertThat(dependencies.required(null, timeout).transactions()).isEqualTo(set(A + ":5:7"));
		assertThat(dependencies.required(null, Duration.ZERO).timeout()).isEqualTo(Duration.ZERO);
		long later = System.nanoTime() + Duration.ofMinutes(1).toNanos();
		assertThat(dependencies.required(history(A + ":1-6", later), timeout).transactions()).isEqualTo(set(A + ":5"));
		assertThat(dependencies.required(history("", later + 1), timeout)).isSameAs(RequiredGtids.NONE);
	}

	private static ObservedGtids add(ObservedGtids before, String gtids, long time) {
		return before.plus(set(gtids), time, set(gtids), () -> GtidSet.NONE);
	}

	private static PrimaryGtids history(String executed, long probed) {
		return new PrimaryGtids(set(executed), probed, GtidSet.NONE);
	}

	private static GtidSet set(String gtids) {
		return GtidSet.parse(gtids);
	}

}
