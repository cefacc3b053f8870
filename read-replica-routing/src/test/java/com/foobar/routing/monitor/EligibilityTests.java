package com.foobar.routing.monitor;

import java.time.Duration;
import java.util.stream.Stream;

import com.foobar.routing.NodeStatus;
import com.foobar.routing.NodeStatus.Cause;
import com.foobar.routing.NodeStatus.Eligible;
import com.foobar.routing.NodeStatus.Ineligible;
import com.foobar.routing.dialect.ReplicationReport;
import com.foobar.routing.dialect.ReplicationReport.Receiver;
import com.foobar.routing.gtid.GtidSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class EligibilityTests {

	private static final Duration MAX_LAG = Duration.ofSeconds(10);

	private final Eligibility eligibility = new Eligibility(MAX_LAG);

	static Stream<Arguments> probes() {
		return Stream.of(
				arguments("replicating", replica(Receiver.CONNECTED, true, Duration.ofSeconds(3)), false, null),
				arguments("at the limit", replica(Receiver.CONNECTED, true, MAX_LAG), false, null),
				arguments("over the limit", replica(Receiver.CONNECTED, true, MAX_LAG.plusMillis(1)), false,
						Cause.LAGGING),
				arguments("unknown lag is not zero lag", replica(Receiver.CONNECTED, true, null), false,
						Cause.LAG_UNKNOWN),
				arguments("applier stopped", replica(Receiver.CONNECTED, false, null), false,
						Cause.REPLICATION_STOPPED),
				arguments("applier stopped, primary lost", replica(Receiver.CONNECTING, false, null), true,
						Cause.REPLICATION_STOPPED),
				arguments("receiver stopped", replica(Receiver.STOPPED, true, null), false, Cause.REPLICATION_STOPPED),
				arguments("receiver stopped by hand, primary lost", replica(Receiver.STOPPED, true, null), true,
						Cause.REPLICATION_STOPPED),
				arguments("receiver connecting", replica(Receiver.CONNECTING, true, null), false,
						Cause.REPLICATION_STOPPED),
				arguments("receiver connecting, primary lost, all applied", replica(Receiver.CONNECTING, true, null),
						true, null),
				arguments("receiver connecting, primary lost, much to apply",
						replica(Receiver.CONNECTING, true, Duration.ofMinutes(1)), true, Cause.LAGGING),
				arguments("not a replica", replica(Receiver.ABSENT, false, null), false, Cause.REPLICATION_STOPPED),
				arguments("unreachable", new Observation.Unreachable("refused"), false, Cause.UNREACHABLE),
				arguments("no rights", new Observation.Refused("denied"), false, Cause.NOT_OBSERVABLE),
				arguments("primary", new Observation.Primary(false, GtidSet.NONE), false, null),
				arguments("read-only primary", new Observation.Primary(true, GtidSet.NONE), false, Cause.READ_ONLY));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("probes")
	void evaluates(String name, Observation observation, boolean primaryLost, @Nullable Cause expected) {
		NodeStatus status = this.eligibility.evaluate(observation, primaryLost, Duration.ZERO);
		if (expected == null) {
			assertThat(status).as(name).isInstanceOf(Eligible.class);
		}
		else {
			assertThat(status).as(name)
				.isInstanceOfSatisfying(Ineligible.class,
						(ineligible) -> assertThat(ineligible.cause()).isEqualTo(expected));
		}
	}

	private static Observation replica(Receiver receiver, boolean applying, @Nullable Duration lag) {
		return new Observation.Replica(new ReplicationReport(receiver, "", applying, "", lag), GtidSet.NONE);
	}

}
