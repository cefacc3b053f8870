package com.foobar.routing.monitor;

import java.time.Duration;

import com.foobar.routing.NodeStatus;
import com.foobar.routing.NodeStatus.Cause;
import com.foobar.routing.NodeStatus.Eligible;
import com.foobar.routing.NodeStatus.Ineligible;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class HysteresisTests {

	/**
	 * Probes and the state published after each: + good or eligible, - bad or ineligible,
	 * ! suspected.
	 */
	@ParameterizedTest
	@CsvSource({ "+++, 2, 2, +++", "-, 2, 2, -", "-++, 2, 2, --+", "+-+, 2, 2, +++", "+--, 2, 2, ++-",
			"+--++, 2, 2, ++--+", "+--+-++, 2, 2, ++----+", "+-, 1, 1, +-", "+-+, 1, 1, +-+", "+!++, 2, 2, +--+",
			"+!-++, 2, 2, +---+", "+---+++, 3, 3, +++---+", "!++, 2, 2, --+" })
	void publishes(String probes, int rise, int fall, String published) {
		StringBuilder actual = new StringBuilder();
		Hysteresis state = Hysteresis.START;
		for (int i = 0; i < probes.length(); i++) {
			char probe = probes.charAt(i);
			state = (probe == '!') ? state.suspect("no connection") : state.next(status(probe), rise, fall);
			actual.append((state.published() instanceof Eligible) ? '+' : '-');
		}
		assertThat(actual.toString()).isEqualTo(published);
	}

	@Test
	void publishesTheNewestLagWhileEligible() {
		Hysteresis state = Hysteresis.START.next(new Eligible(Duration.ofSeconds(1)), 2, 2)
			.next(new Eligible(Duration.ofSeconds(2)), 2, 2);
		assertThat(state.published()).isEqualTo(new Eligible(Duration.ofSeconds(2)));
	}

	@Test
	void reportsThatANodeIsRecovering() {
		Hysteresis state = Hysteresis.START.next(status('-'), 3, 1).next(status('+'), 3, 1);
		assertThat(state.published()).isInstanceOfSatisfying(Ineligible.class, (ineligible) -> {
			assertThat(ineligible.cause()).isEqualTo(Cause.RECOVERING);
			assertThat(ineligible.detail()).contains("1 of 3");
		});
	}

	@Test
	void startsUnknown() {
		assertThat(Hysteresis.START.published().toString()).isEqualTo("not probed yet");
	}

	private static NodeStatus status(char probe) {
		return (probe == '+') ? new Eligible(Duration.ZERO) : new Ineligible(Cause.LAGGING, "lags");
	}

}
