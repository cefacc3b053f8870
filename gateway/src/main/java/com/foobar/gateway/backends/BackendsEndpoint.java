package com.foobar.gateway.backends;

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

	BackendsEndpoint(Backends backends) {
		this.backends = backends;
	}

	@ReadOperation
	Report backends() {
		return new Report(this.backends.snapshot().states().stream().map(Line::of).toList());
	}

	/** The answer: one line for each backend. */
	record Report(List<Line> backends) {
	}

	/** One backend. */
	record Line(String name, String host, String address, int port, int weight, boolean backup, Condition state,
			boolean writes, Instant since, @Nullable String lastError, int consecutiveSuccesses,
			int consecutiveFailures, int inFlight, long requests) {

		static Line of(BackendState state) {
			Backend backend = state.backend();
			return new Line(backend.name(), backend.address().getHostString(),
					backend.address().getAddress().getHostAddress(), backend.address().getPort(), backend.weight(),
					backend.backup(), state.condition(), state.writes(), state.since(), state.lastError(),
					state.successes(), state.failures(), backend.inFlight(), backend.requests());
		}

	}

}
