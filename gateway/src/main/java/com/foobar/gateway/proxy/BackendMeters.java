package com.foobar.gateway.proxy;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.BackendState.AdminState;
import com.foobar.gateway.backend.BackendState.HealthState;
import com.foobar.gateway.backend.BackendState;
import com.foobar.gateway.backend.Backends;
import com.foobar.gateway.backend.BackendsListener;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * The meters of each backend. They come and go with it, so that addresses that are gone
 * do not pile up.
 * <p>
 * {@code gateway.backend.attempts}: time to the start of the response, or to the failure,
 * by {@code outcome} (a class of status codes, or how the attempt failed).
 * {@code gateway.backend.in.flight}, {@code .weight}, {@code .up} and {@code .ejected} (1
 * or 0), {@code .ejections}, and {@code .adminState} (1 for the one it has).
 */
final class BackendMeters implements BackendsListener {

	private static final String PREFIX = "gateway.backend.";

	private static final String[] STATUS_CLASSES = { "other", "1xx", "2xx", "3xx", "4xx", "5xx" };

	private final MeterRegistry registry;

	private final Backends backends;

	private final Map<Backend, Map<String, Timer>> attempts = new ConcurrentHashMap<>();

	private final Map<Backend, Meter[]> gauges = new ConcurrentHashMap<>();

	BackendMeters(MeterRegistry registry, Backends backends) {
		this.registry = registry;
		this.backends = backends;
	}

	/**
	 * Records an attempt with a response.
	 * @param backend by whom
	 * @param status the status code
	 * @param nanos nanoseconds to the start of the response
	 */
	void recordResponse(Backend backend, int status, long nanos) {
		int statusClass = status / 100;
		record(backend, STATUS_CLASSES[(statusClass >= 1 && statusClass <= 5) ? statusClass : 0], nanos);
	}

	/**
	 * Notes an attempt.
	 * @param backend where
	 * @param outcome how it ended
	 * @param nanos nanoseconds until then
	 */
	void record(Backend backend, String outcome, long nanos) {
		Map<String, Timer> timers = this.attempts.get(backend);
		if (timers != null) {
			timers.computeIfAbsent(outcome, (key) -> timer(backend, key)).record(nanos, TimeUnit.NANOSECONDS);
		}
	}

	private Timer timer(Backend backend, String outcome) {
		return Timer.builder(PREFIX + "attempts")
			.description("Time to the start of the response, or to the failure")
			.tag("backend", backend.name())
			.tag("outcome", outcome)
			.publishPercentileHistogram()
			.minimumExpectedValue(Duration.ofMillis(1))
			.maximumExpectedValue(Duration.ofSeconds(30))
			.register(this.registry);
	}

	@Override
	public void added(Backend backend) {
		this.attempts.put(backend, new ConcurrentHashMap<>());
		this.gauges.put(backend, new Meter[] {
				gauge(backend, "in.flight", "Attempts that have begun and not ended", (state) -> backend.inFlight()),
				gauge(backend, "weight", "Its share of the requests, relative to the others",
						(state) -> state.overrides().weight()),
				gauge(backend, "up", "Whether it passes its checks",
						(state) -> (state.health() == HealthState.UP) ? 1 : 0),
				gauge(backend, "ejected", "Whether it is left out because requests fail there",
						(state) -> state.ejection().isActive(Instant.now()) ? 1 : 0),
				adminState(backend, AdminState.READY), adminState(backend, AdminState.DRAIN),
				adminState(backend, AdminState.MAINTENANCE),
				FunctionCounter
					.builder(PREFIX + "ejections", backend, (key) -> value(key, (state) -> state.ejection().total()))
					.description("How often it was left out because requests failed there")
					.tag("backend", backend.name())
					.register(this.registry) });
	}

	@Override
	public void removed(Backend backend) {
		Map<String, Timer> timers = this.attempts.remove(backend);
		if (timers != null) {
			timers.values().forEach(this.registry::remove);
		}
		Meter[] others = this.gauges.remove(backend);
		if (others != null) {
			for (Meter meter : others) {
				this.registry.remove(meter);
			}
		}
	}

	private Gauge gauge(Backend backend, String name, String description, ToDoubleFunction<BackendState> value) {
		return Gauge.builder(PREFIX + name, backend, (key) -> value(key, value))
			.description(description)
			.tag("backend", backend.name())
			.register(this.registry);
	}

	private Gauge adminState(Backend backend, AdminState adminState) {
		return Gauge
			.builder(PREFIX + "admin.state", backend,
					(key) -> value(key, (state) -> (state.overrides().adminState() == adminState) ? 1 : 0))
			.description("What it is ordered to do")
			.tag("backend", backend.name())
			.tag("state", adminState.name().toLowerCase(Locale.ROOT))
			.register(this.registry);
	}

	private double value(Backend backend, ToDoubleFunction<BackendState> value) {
		return this.backends.snapshot()
			.states()
			.stream()
			.filter((state) -> state.backend() == backend)
			.mapToDouble(value)
			.findFirst()
			.orElse(0);
	}

}
