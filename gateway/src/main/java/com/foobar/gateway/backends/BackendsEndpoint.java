package com.foobar.gateway.backends;

import java.time.Clock;
import java.time.Instant;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * {@code /actuator/backends}: every backend and what is known of it.
 */
@Endpoint(id = "backends")
class BackendsEndpoint {

	private final Backends backends;

	private final Clock clock;

	BackendsEndpoint(Backends backends, Clock clock) {
		this.backends = backends;
		this.clock = clock;
	}

	@ReadOperation
	Report backends() {
		Instant now = this.clock.instant();
		return new Report(this.backends.snapshot().states().stream().map((state) -> Line.of(state, now)).toList());
	}

	/** The answer: one line for each backend. */
	record Report(List<Line> backends) {
	}

	/** One backend. */
	record Line(String name, String host, String address, int port, int weight, boolean backup, Condition state,
			Duty duty, boolean writes, Instant since, @Nullable String lastError, int consecutiveSuccesses,
			int consecutiveFailures, int inFlight, long requests, int ejections, @Nullable Instant ejectedUntil) {

		static Line of(BackendState state, Instant now) {
			Backend backend = state.backend();
			return new Line(backend.name(), backend.address().getHostString(),
					backend.address().getAddress().getHostAddress(), backend.address().getPort(),
					state.orders().weight(), backend.backup(), state.condition(), state.orders().duty(), state.writes(),
					state.since(), state.lastError(), state.successes(), state.failures(), backend.inFlight(),
					backend.requests(), state.ejection().total(),
					state.ejection().isOut(now) ? state.ejection().until() : null);
		}

	}

}
