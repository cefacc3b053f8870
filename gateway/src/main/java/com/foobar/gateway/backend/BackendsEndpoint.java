package com.foobar.gateway.backend;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.foobar.gateway.backend.BackendState.AdminOverrides;
import com.foobar.gateway.backend.BackendState.AdminState;
import com.foobar.gateway.backend.BackendState.HealthState;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.springframework.boot.actuate.endpoint.annotation.WriteOperation;
import org.springframework.boot.actuate.endpoint.web.WebEndpointResponse;
import org.springframework.util.MimeTypeUtils;

/**
 * {@code /actuator/backends}: each backend and its state. A POST to
 * {@code /actuator/backends/NAME} with {@code {"adminState": "drain"}} (or
 * {@code maintenance}, {@code ready}) or {@code {"weight": 3}} changes it. Each change is
 * in the audit log.
 */
@Endpoint(id = "backends")
class BackendsEndpoint {

	private static final Logger audit = LoggerFactory.getLogger("audit");

	private final Backends backends;

	private final Clock clock;

	BackendsEndpoint(Backends backends, Clock clock) {
		this.backends = backends;
		this.clock = clock;
	}

	@ReadOperation
	Report backends() {
		Instant now = this.clock.instant();
		BackendsSnapshot snapshot = this.backends.snapshot();
		return new Report(snapshot.states().stream().map((state) -> Line.of(state, snapshot, now)).toList());
	}

	// Texts, because Spring's response to a value that it cannot convert is a bare 400.
	@WriteOperation
	Mono<WebEndpointResponse<Object>> change(@Selector String name, @Nullable String adminState,
			@Nullable String weight) {
		return Mono.deferContextual((context) -> Mono
			.just(change(name, adminState, weight, context.getOrDefault(Operator.class, Operator.UNKNOWN))));
	}

	private WebEndpointResponse<Object> change(String name, @Nullable String adminState, @Nullable String weight,
			@Nullable Operator operator) {
		if (adminState == null && weight == null) {
			return badRequest(
					"The request changes nothing; expected adminState (ready, drain or maintenance) or weight.");
		}
		AdminState newState = (adminState != null) ? adminState(adminState) : null;
		if (adminState != null && newState == null) {
			return badRequest("adminState is " + adminState + "; expected ready, drain or maintenance.");
		}
		Integer newWeight = (weight != null) ? weight(weight) : null;
		if (weight != null && newWeight == null) {
			return badRequest(
					"The weight is " + weight + "; expected a number from 0 to " + BackendUrl.MAX_WEIGHT + ".");
		}
		BackendState before = find(name);
		if (before == null) {
			return notFound(name);
		}
		Instant now = this.clock.instant();
		this.backends.update(before.backend(),
				(state) -> state.overridden(overrides(state.overrides(), newState, newWeight, now), now));
		BackendState after = find(name);
		if (after == null) {
			return notFound(name);
		}
		Operator by = (operator != null) ? operator : Operator.UNKNOWN;
		audit.info("changed operator={} address={} backend={} adminState={}->{} weight={}->{}", by.name(), by.address(),
				name, before.overrides().adminState(), after.overrides().adminState(), before.overrides().weight(),
				after.overrides().weight());
		return new WebEndpointResponse<>(Line.of(after, this.backends.snapshot(), now));
	}

	private static @Nullable AdminState adminState(String text) {
		for (AdminState adminState : AdminState.values()) {
			if (adminState.name().equalsIgnoreCase(text)) {
				return adminState;
			}
		}
		return null;
	}

	private static @Nullable Integer weight(String text) {
		if (!text.matches("\\d{1,3}") || Integer.parseInt(text) > BackendUrl.MAX_WEIGHT) {
			return null;
		}
		return Integer.valueOf(text);
	}

	private static AdminOverrides overrides(AdminOverrides before, @Nullable AdminState adminState,
			@Nullable Integer weight, Instant now) {
		AdminOverrides weighed = (weight != null) ? before.with(weight.intValue()) : before;
		return (adminState != null) ? weighed.with(adminState, now) : weighed;
	}

	private @Nullable BackendState find(String name) {
		return this.backends.snapshot()
			.states()
			.stream()
			.filter((state) -> state.backend().name().equals(name))
			.findFirst()
			.orElse(null);
	}

	private WebEndpointResponse<Object> notFound(String name) {
		List<String> known = this.backends.snapshot().states().stream().map((state) -> state.backend().name()).toList();
		return problem(WebEndpointResponse.STATUS_NOT_FOUND, "Not Found",
				"There is no backend " + name + "; there are: " + String.join(", ", known) + ".");
	}

	private static WebEndpointResponse<Object> badRequest(String detail) {
		return problem(WebEndpointResponse.STATUS_BAD_REQUEST, "Bad Request", detail);
	}

	private static WebEndpointResponse<Object> problem(int status, String title, String detail) {
		return new WebEndpointResponse<>(Map.of("status", status, "title", title, "detail", detail), status,
				MimeTypeUtils.parseMimeType("application/problem+json"));
	}

	/** The response: one line for each backend. */
	record Report(List<Line> backends) {
	}

	/** One backend. */
	record Line(String name, String host, String address, int port, int weight, double effectiveWeight, boolean backup,
			HealthState state, AdminState adminState, boolean writes, Instant since, @Nullable String lastError,
			int consecutiveSuccesses, int consecutiveFailures, int inFlight, long requests, int ejections,
			@Nullable Instant ejectedUntil) {

		static Line of(BackendState state, BackendsSnapshot snapshot, Instant now) {
			Backend backend = state.backend();
			return new Line(backend.name(), backend.address().getHostString(),
					backend.address().getAddress().getHostAddress(), backend.address().getPort(),
					state.overrides().weight(), snapshot.effectiveWeight(backend), backend.backup(), state.health(),
					state.overrides().adminState(), state.writes(), state.since(), state.lastError(), state.successes(),
					state.failures(), backend.inFlight(), backend.requests(), state.ejection().total(),
					state.ejection().isActive(now) ? state.ejection().until() : null);
		}

	}

}
