package com.foobar.routing.monitor;

import java.util.List;
import java.util.stream.Stream;

import com.foobar.routing.monitor.Election.Standing;
import com.foobar.routing.monitor.Election.Verdict;
import com.foobar.routing.monitor.Election.Voice;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class ElectionTests {

	private static final Verdict A = new Verdict.Elected("a");

	private static final Verdict B = new Verdict.Elected("b");

	private static final Verdict NOBODY = new Verdict.Nobody();

	private static final Verdict DISPUTED = new Verdict.Disputed("b");

	private static final Verdict UNSETTLED = new Verdict.Unsettled(List.of());

	@ParameterizedTest
	@MethodSource("verdicts")
	void oneServerIsThePrimaryOrNone(Standing incumbent, Standing other, Verdict expected) {
		assertThat(Election.decide("a", List.of(voice("a", incumbent), voice("b", other)))).isEqualTo(expected);
	}

	static Stream<Arguments> verdicts() {
		return Stream.of(arguments(Standing.CLAIMS, Standing.DENIES, A), arguments(Standing.CLAIMS, Standing.SILENT, A),
				arguments(Standing.CLAIMS, Standing.OBSCURE, A), arguments(Standing.CLAIMS, Standing.UNKNOWN, A),
				arguments(Standing.DENIES, Standing.CLAIMS, B), arguments(Standing.DENIES, Standing.DENIES, NOBODY),
				arguments(Standing.DENIES, Standing.SILENT, NOBODY), arguments(Standing.SILENT, Standing.CLAIMS, B),
				arguments(Standing.SILENT, Standing.DENIES, NOBODY),
				// It was writable when it last let itself be asked.
				arguments(Standing.OBSCURE, Standing.DENIES, A), arguments(Standing.OBSCURE, Standing.CLAIMS, DISPUTED),
				arguments(Standing.UNKNOWN, Standing.CLAIMS, UNSETTLED),
				arguments(Standing.UNKNOWN, Standing.DENIES, UNSETTLED));
	}

	@Test
	void twoThatWereAskedAfterBothClaimedAreASplit() {
		assertThat(
				Election.decide("a",
						List.of(new Voice("a", Standing.CLAIMS, 30, 5), new Voice("b", Standing.CLAIMS, 20, 19),
								new Voice("c", Standing.DENIES, 30, 0))))
			.isEqualTo(new Verdict.Split(List.of("a", "b")));
	}

	@Test
	void claimOlderThanTheOthersIsAskedForAgainSinceItMayHaveBeenGivenUp() {
		assertThat(Election.decide("a",
				List.of(new Voice("a", Standing.CLAIMS, 10, 5), new Voice("b", Standing.CLAIMS, 20, 21))))
			.isEqualTo(new Verdict.Unsettled(List.of("a")));
	}

	@Test
	void timesAreComparedAsNanoTimeWantsIt() {
		long wrapped = Long.MIN_VALUE + 5;
		assertThat(Election.decide("a",
				List.of(new Voice("a", Standing.CLAIMS, Long.MAX_VALUE, Long.MAX_VALUE - 1),
						new Voice("b", Standing.CLAIMS, wrapped, wrapped))))
			.isEqualTo(new Verdict.Unsettled(List.of("a")));
	}

	@Test
	void splitOverThreeNamesAll() {
		assertThat(Election.decide("c",
				List.of(voice("a", Standing.CLAIMS), voice("b", Standing.CLAIMS), voice("c", Standing.CLAIMS))))
			.isEqualTo(new Verdict.Split(List.of("a", "b", "c")));
	}

	private static Voice voice(String name, Standing standing) {
		return new Voice(name, standing, 100, 50);
	}

}
