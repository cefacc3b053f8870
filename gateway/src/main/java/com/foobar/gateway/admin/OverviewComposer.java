package com.foobar.gateway.admin;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.BackendState;
import com.foobar.gateway.backend.BackendsSnapshot.EligibleBackend;
import com.foobar.gateway.backend.BackendsSnapshot.PriorityLevels;
import com.foobar.gateway.backend.BackendsSnapshot;
import com.foobar.gateway.backend.DatabaseReports.DatabaseReport;
import org.jspecify.annotations.Nullable;

/**
 * Computes the data of the console. A pure function of the states and two samples of the
 * counters.
 *
 * @param current the current sample
 * @param before an earlier one; null if there is none
 * @param now the time
 */
record OverviewComposer(Sample current, @Nullable Sample before, Instant now) {

	Overview compose(String name, Instant started, boolean adminEnabled, BackendsSnapshot snapshot,
			Collection<List<DatabaseReport>> reports) {
		List<Backend> serving = serving(snapshot.live());
		List<Overview.BackendLine> lines = snapshot.states()
			.stream()
			.map((state) -> line(state, serving.contains(state.backend())))
			.toList();
		int inFlight = snapshot.states().stream().mapToInt((state) -> state.backend().inFlight()).sum();
		Sample earlier = this.before;
		Sample.Attempts all = snapshot.states()
			.stream()
			.map((state) -> recent(state.backend()))
			.filter(Objects::nonNull)
			.reduce(Sample.Attempts.NONE, Sample.Attempts::plus);
		return new Overview(new Overview.Gateway(name, started, this.now, serving.size(),
				serving(snapshot.writable()).size(), adminEnabled,
				(earlier != null) ? this.current.lookups().hitRatioSince(earlier.lookups()) : null,
				traffic(inFlight, (earlier != null) ? all : null)), lines, databases(reports));
	}

	// Backups get no requests while an active backend serves.
	private static List<Backend> serving(PriorityLevels tiers) {
		return tiers.serving().stream().map(EligibleBackend::backend).toList();
	}

	private Overview.BackendLine line(BackendState state, boolean serving) {
		Backend backend = state.backend();
		return new Overview.BackendLine(backend.name(), backend.address().getHostString(), backend.backup(), serving,
				state.health(), state.overrides().adminState(), state.overrides().weight(), state.writes(),
				state.since(), state.lastError(), state.ejection().total(),
				state.ejection().isActive(this.now) ? state.ejection().until() : null,
				traffic(backend.inFlight(), recent(backend)));
	}

	private Sample.@Nullable Attempts recent(Backend backend) {
		Sample earlier = this.before;
		Sample.Attempts later = this.current.attempts().get(backend);
		if (earlier == null || later == null) {
			return null;
		}
		return later.since(earlier.attempts().getOrDefault(backend, Sample.Attempts.NONE));
	}

	private Overview.Traffic traffic(int inFlight, Sample.@Nullable Attempts recent) {
		if (recent == null) {
			return new Overview.Traffic(inFlight, null, null, null, null);
		}
		return new Overview.Traffic(inFlight, recent.latencies().count() / seconds(), recent.failed() / seconds(),
				recent.latencies().quantile(0.5), recent.latencies().quantile(0.99));
	}

	private double seconds() {
		Sample earlier = this.before;
		return (earlier != null) ? (this.current.nanos() - earlier.nanos()) / 1e9 : Double.NaN;
	}

	private List<Overview.DatabaseLine> databases(Collection<List<DatabaseReport>> reports) {
		Map<String, List<DatabaseReport>> byName = new LinkedHashMap<>();
		for (List<DatabaseReport> ofOneBackend : reports) {
			ofOneBackend
				.forEach((report) -> byName.computeIfAbsent(report.name(), (key) -> new ArrayList<>(2)).add(report));
		}
		Map<String, Sample.Connections> recent = new LinkedHashMap<>();
		byName.keySet().forEach((name) -> recent.put(name, recent(name)));
		Sample.Connections all = recent.values().stream().reduce(Sample.Connections.NONE, Sample.Connections::plus);
		return byName.entrySet()
			.stream()
			.map((entry) -> line(entry.getKey(), entry.getValue(),
					recent.getOrDefault(entry.getKey(), Sample.Connections.NONE), all))
			.sorted(Comparator.comparing(Overview.DatabaseLine::role).thenComparing(Overview.DatabaseLine::name))
			.toList();
	}

	// The first counts of a backend cover the time since its start, not the last seconds.
	private Sample.Connections recent(String database) {
		Sample earlier = this.before;
		Sample.Connections sum = Sample.Connections.NONE;
		if (earlier != null) {
			for (Map.Entry<Sample.Usage, Sample.Connections> entry : this.current.connections().entrySet()) {
				Sample.Connections last = earlier.connections().get(entry.getKey());
				if (last != null && entry.getKey().database().equals(database)) {
					sum = sum.plus(entry.getValue().since(last));
				}
			}
		}
		return sum;
	}

	private Overview.DatabaseLine line(String name, List<DatabaseReport> reports, Sample.Connections recent,
			Sample.Connections all) {
		DatabaseReport worst = reports.stream()
			.min(Comparator.comparing(DatabaseReport::eligible)
				.thenComparing((report) -> -Objects.requireNonNullElse(report.lagMillis(), Long.MAX_VALUE)))
			.orElseThrow();
		Long lag = reports.stream()
			.flatMap((report) -> Stream.ofNullable(report.lagMillis()))
			.max(Comparator.naturalOrder())
			.orElse(null);
		boolean known = this.before != null;
		return new Overview.DatabaseLine(name, worst.role(),
				(int) reports.stream().filter(DatabaseReport::eligible).count(), reports.size(), worst.status(), lag,
				share(recent.reads(), all.reads()), share(recent.writes(), all.writes()),
				known ? recent.reads() / seconds() : null, known ? recent.writes() / seconds() : null);
	}

	private static @Nullable Double share(long part, long whole) {
		return (whole > 0) ? (double) part / whole : null;
	}

}
