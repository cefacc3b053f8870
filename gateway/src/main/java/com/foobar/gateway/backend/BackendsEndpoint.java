package com.foobar.gateway.backend;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

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
 * {@code /actuator/backends}: every backend and what is known of it. A POST to
 * {@code /actuator/backends/NAME} with {@code {"adminState": "drain"}} (or
 * {@code maintenance}, {@code ready}) or {@code {"weight": 3}} gives it orders; each is
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

	// Texts, because Spring would answer a word or a number that it cannot convert with a
	// bare 400.
	@WriteOperation
	Mono<WebEndpointResponse<Object>> order(@Selector String name, @Nullable String adminState,
			@Nullable String weight) {
		return Mono.deferContextual((context) -> Mono
			.just(order(name, adminState, weight, context.getOrDefault(Operator.class, Operator.UNKNOWN))));
	}

	private WebEndpointResponse<Object> order(String name, @Nullable String adminState, @Nullable String weight,
			@Nullable Operator operator) {
		if (adminState == null && weight == null) {
			return refused("Nothing is ordered; expected adminState (ready, drain or maintenance) or weight.");
		}
		AdminState orderedState = (adminState != null) ? adminState(adminState) : null;
		if (adminState != null && orderedState == null) {
			return refused("adminState is " + adminState + "; expected ready, drain or maintenance.");
		}
		Integer orderedWeight = (weight != null) ? weight(weight) : null;
		if (weight != null && orderedWeight == null) {
			return refused("The weight is " + weight + "; expected a number from 0 to " + BackendUrl.MAX_WEIGHT + ".");
		}
		BackendState before = find(name);
		if (before == null) {
			return unknown(name);
		}
		Instant now = this.clock.instant();
		this.backends.update(before.backend(),
				(state) -> state.ordered(orders(state.orders(), orderedState, orderedWeight, now), now));
		BackendState after = find(name);
		if (after == null) {
			return unknown(name);
		}
		Operator by = (operator != null) ? operator : Operator.UNKNOWN;
		audit.info("ordered operator={} address={} backend={} adminState={}->{} weight={}->{}", by.name(), by.address(),
				name, before.orders().adminState(), after.orders().adminState(), before.orders().weight(),
				after.orders().weight());
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

	private static AdminOverrides orders(AdminOverrides before, @Nullable AdminState adminState,
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

	private WebEndpointResponse<Object> unknown(String name) {
		List<String> known = this.backends.snapshot().states().stream().map((state) -> state.backend().name()).toList();
		return problem(WebEndpointResponse.STATUS_NOT_FOUND, "Not Found",
				"There is no backend " + name + "; there are: " + String.join(", ", known) + ".");
	}

	private static WebEndpointResponse<Object> refused(String detail) {
		return problem(WebEndpointResponse.STATUS_BAD_REQUEST, "Bad Request", detail);
	}

	private static WebEndpointResponse<Object> problem(int status, String title, String detail) {
		return new WebEndpointResponse<>(Map.of("status", status, "title", title, "detail", detail), status,
				MimeTypeUtils.parseMimeType("application/problem+json"));
	}

	/** The answer: one line for each backend. */
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
					state.orders().weight(), snapshot.effectiveWeight(backend), backend.backup(), state.condition(),
					state.orders().adminState(), state.writes(), state.since(), state.lastError(), state.successes(),
					state.failures(), backend.inFlight(), backend.requests(), state.ejection().total(),
					state.ejection().isOut(now) ? state.ejection().until() : null);
		}

	}

}
