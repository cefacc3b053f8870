package com.foobar.gateway.admin;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.BackendState;
import com.foobar.gateway.backend.Backends;
import com.foobar.gateway.backend.DatabaseReports;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/**
 * Samples the counters. Durations come from the meters that are exported to monitoring,
 * so that the console shows the same.
 */
final class MetricsSampler {

	private static final Set<String> SUCCESSFUL = Set.of("1xx", "2xx", "3xx", "4xx");

	private final Backends backends;

	private final DatabaseReports databases;

	private final MeterRegistry meters;

	MetricsSampler(Backends backends, DatabaseReports databases, MeterRegistry meters) {
		this.backends = backends;
		this.databases = databases;
		this.meters = meters;
	}

	Sample sample() {
		List<BackendState> states = this.backends.snapshot().states();
		Map<String, Sample.Attempts> byName = attempts();
		Map<Backend, Sample.Attempts> attempts = states.stream()
			.map(BackendState::backend)
			.collect(Collectors.toMap((backend) -> backend,
					(backend) -> byName.getOrDefault(backend.name(), Sample.Attempts.NONE)));
		Map<Sample.Usage, Sample.Connections> connections = new HashMap<>();
		this.databases.latest()
			.forEach((backend, reports) -> reports
				.forEach((report) -> connections.put(new Sample.Usage(backend, report.name()),
						new Sample.Connections(report.reads(), report.writes()))));
		return new Sample(System.nanoTime(), attempts, Map.copyOf(connections), lookups());
	}

	// None if the cache is disabled.
	private Sample.Lookups lookups() {
		long hits = 0;
		long all = 0;
		for (Counter counter : this.meters.find("gateway.cache.requests").counters()) {
			String result = counter.getId().getTag("result");
			long count = (long) counter.count();
			all += count;
			if ("hit".equals(result) || "stale".equals(result)) {
				hits += count;
			}
		}
		return new Sample.Lookups(hits, all);
	}

	private Map<String, Sample.Attempts> attempts() {
		Map<String, Sample.Attempts> attempts = new HashMap<>();
		for (Timer timer : this.meters.find("gateway.backend.attempts").timers()) {
			String backend = timer.getId().getTag("backend");
			String outcome = timer.getId().getTag("outcome");
			if (backend != null && outcome != null) {
				Latencies latencies = Latencies.of(timer.takeSnapshot());
				attempts.merge(backend,
						new Sample.Attempts(SUCCESSFUL.contains(outcome) ? 0 : latencies.count(), latencies),
						Sample.Attempts::plus);
			}
		}
		return attempts;
	}

}
