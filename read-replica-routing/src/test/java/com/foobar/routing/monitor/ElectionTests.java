package com.foobar.routing.monitor;

import java.util.List;
import java.util.stream.Stream;

import com.foobar.routing.monitor.Election.ClaimState;
import com.foobar.routing.monitor.Election.Verdict;
import com.foobar.routing.monitor.Election.PrimaryClaim;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class ElectionTests {

	private static final Verdict A = new Verdict.Elected("a");

	private static final Verdict B = new Verdict.Elected("b");

	private static final Verdict NO_PRIMARY = new Verdict.NoPrimary();

	private static final Verdict DISPUTED = new Verdict.Disputed("b");

	private static final Verdict UNSETTLED = new Verdict.Unsettled(List.of());

	@ParameterizedTest
	@MethodSource("verdicts")
	void oneServerIsThePrimaryOrNone(ClaimState incumbent, ClaimState other, Verdict expected) {
		assertThat(Election.decide("a", List.of(claim("a", incumbent), claim("b", other)))).isEqualTo(expected);
	}

	static Stream<Arguments> verdicts() {
		return Stream.of(arguments(ClaimState.CLAIMS, ClaimState.DENIES, A),
				arguments(ClaimState.CLAIMS, ClaimState.SILENT, A),
				arguments(ClaimState.CLAIMS, ClaimState.UNOBSERVABLE, A),
				arguments(ClaimState.CLAIMS, ClaimState.UNKNOWN, A), arguments(ClaimState.DENIES, ClaimState.CLAIMS, B),
				arguments(ClaimState.DENIES, ClaimState.DENIES, NO_PRIMARY),
				arguments(ClaimState.DENIES, ClaimState.SILENT, NO_PRIMARY),
				arguments(ClaimState.SILENT, ClaimState.CLAIMS, B),
				arguments(ClaimState.SILENT, ClaimState.DENIES, NO_PRIMARY),
				// It was writable at its last successful probe.
				arguments(ClaimState.UNOBSERVABLE, ClaimState.DENIES, A),
				arguments(ClaimState.UNOBSERVABLE, ClaimState.CLAIMS, DISPUTED),
				arguments(ClaimState.UNKNOWN, ClaimState.CLAIMS, UNSETTLED),
				arguments(ClaimState.UNKNOWN, ClaimState.DENIES, UNSETTLED));
	}

	@Test
	void confirmedClaimsOfTwoServersAreASplit() {
		assertThat(Election.decide("a", List.of(new PrimaryClaim("a", ClaimState.CLAIMS, 30, 5),
				new PrimaryClaim("b", ClaimState.CLAIMS, 20, 19), new PrimaryClaim("c", ClaimState.DENIES, 30, 0))))
			.isEqualTo(new Verdict.Split(List.of("a", "b")));
	}

	@Test
	void claimOlderThanTheOthersIsProbedAgainSinceItMayBeOutdated() {
		assertThat(Election.decide("a",
				List.of(new PrimaryClaim("a", ClaimState.CLAIMS, 10, 5),
						new PrimaryClaim("b", ClaimState.CLAIMS, 20, 21))))
			.isEqualTo(new Verdict.Unsettled(List.of("a")));
	}

	@Test
	void timesAreComparedAsNanoTimeRequires() {
		long wrapped = Long.MIN_VALUE + 5;
		assertThat(Election.decide("a",
				List.of(new PrimaryClaim("a", ClaimState.CLAIMS, Long.MAX_VALUE, Long.MAX_VALUE - 1),
						new PrimaryClaim("b", ClaimState.CLAIMS, wrapped, wrapped))))
			.isEqualTo(new Verdict.Unsettled(List.of("a")));
	}

	@Test
	void splitOfThreeServersNamesAll() {
		assertThat(Election.decide("c",
				List.of(claim("a", ClaimState.CLAIMS), claim("b", ClaimState.CLAIMS), claim("c", ClaimState.CLAIMS))))
			.isEqualTo(new Verdict.Split(List.of("a", "b", "c")));
	}

	private static PrimaryClaim claim(String name, ClaimState state) {
		return new PrimaryClaim(name, state, 100, 50);
	}

}
