package com.foobar.benchmarks.stack;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The figures as tables in Markdown.
 */
final class Report {

	/** Seen with 9.7.4. */
	private static final String NO_ROUTER = """
			MySQL Router 9.7 has no row: it splits reads and writes (`access_mode=auto`) only with destinations from the metadata
			that MySQL Shell creates, refuses fixed addresses with that mode, and this command does not create the metadata.
			""";

	private final Figures figures;

	private final List<Contender> contenders;

	private final List<Work> works;

	Report(Figures figures, List<Contender> contenders, List<Work> works) {
		this.figures = figures;
		this.contenders = contenders;
		this.works = works;
	}

	String text(String description) {
		return description + "\n\n" + throughput()
				+ "\n![Throughput of the contenders](../docs/images/stack-throughput.svg)\n\n" + processorTime()
				+ "\n![Processor time of the contenders](../docs/images/stack-processor-time.svg)\n\n" + latencies()
				+ "\n" + others() + "\n" + NO_ROUTER;
	}

	private String throughput() {
		StringBuilder table = new StringBuilder(
				"Requests per second, and their ratio to `" + Contenders.BASELINE + "` in the same round:\n\n");
		table.append(row(Stream.concat(Stream.of("contender"), this.works.stream().map(Work::key))));
		table.append("|---".repeat(this.works.size() + 1)).append("|\n");
		for (Contender contender : this.contenders) {
			table.append(row(Stream.concat(Stream.of(contender.label()),
					this.works.stream().map((work) -> withRatio(contender, work, "requests/s", "%,.0f")))));
		}
		return table.toString();
	}

	private String processorTime() {
		StringBuilder table = new StringBuilder(
				"Processor milliseconds per request, summed over the chain (ratio), and of each part of it:\n\n");
		List<Role> roles = Stream.of(Role.values())
			.filter((role) -> this.contenders.stream()
				.anyMatch((contender) -> this.works.stream()
					.anyMatch((work) -> this.figures.median(contender.id(), work.key(), "ms " + role).isPresent())))
			.toList();
		table.append(row(Stream.concat(Stream.of("work", "contender", "all"), roles.stream().map(Role::label))));
		table.append("|---".repeat(roles.size() + 3)).append("|\n");
		for (Work work : this.works) {
			for (Contender contender : this.contenders) {
				table.append(row(Stream
					.concat(Stream.of(work.key(), contender.label(), withRatio(contender, work, "ms", "%.2f")), roles
						.stream()
						.map((role) -> text(this.figures.median(contender.id(), work.key(), "ms " + role), "%.2f")))));
			}
		}
		return table.toString();
	}

	private String latencies() {
		StringBuilder table = new StringBuilder("Latencies at a fixed rate, in milliseconds:\n\n");
		table.append(row(Stream.of("work", "rate, 1/s", "contender", "median", "99 %", "99.9 %", "failed")));
		table.append("|---".repeat(7)).append("|\n");
		for (Work work : this.works) {
			for (Contender contender : this.contenders) {
				OptionalDouble rate = this.figures.median(contender.id(), work.key(), "open loop requests/s");
				if (rate.isPresent()) {
					table.append(row(Stream.of(work.key(), text(rate, "%,.0f"), contender.label(),
							median(contender, work.key(), "p50 ms", "%.1f"),
							median(contender, work.key(), "p99 ms", "%.1f"),
							median(contender, work.key(), "p99.9 ms", "%.1f"),
							text(this.figures.sum(contender.id(), work.key(), "open loop failed"), "%.0f"))));
				}
			}
		}
		return table.toString();
	}

	private String others() {
		StringBuilder table = new StringBuilder("What else was counted:\n\n");
		table.append(row(Stream.of("contender", "statements per list, primary + replica", "per insert",
				"own notices not found", "the same, replica 1 s late", "failed reads, an application killed",
				"failed inserts", "start, s", "warm after, s", "edge, MB", "applications, MB", "MySQL, MB")));
		table.append("|---".repeat(12)).append("|\n");
		for (Contender contender : this.contenders) {
			String id = contender.id();
			table.append(row(Stream.of(contender.label(), statements(contender, Work.LIST),
					statements(contender, Work.INSERT),
					of(this.figures.sum(id, Work.PAIRS.key(), "stale"),
							this.figures.sum(id, Work.PAIRS.key(), "pairs")),
					of(this.figures.sum(id, "", "late stale"), this.figures.sum(id, "", "late pairs")),
					of(this.figures.sum(id, "", "kill failed reads"), this.figures.sum(id, "", "kill requests")),
					text(this.figures.sum(id, "", "kill failed writes"), "%.0f"),
					median(contender, "", "start s", "%.0f"), median(contender, "", "warm s", "%.0f"),
					median(contender, "", "MB EDGE", "%.0f"), median(contender, "", "MB APPLICATION", "%.0f"),
					median(contender, "", "MB PRIMARY", "%.0f")
							+ (contender.readsReplica() ? " + " + median(contender, "", "MB REPLICA", "%.0f") : ""))));
		}
		return table.toString();
	}

	private String statements(Contender contender, Work work) {
		return median(contender, work.key(), "statements PRIMARY", "%.1f") + " + "
				+ (contender.readsReplica() ? median(contender, work.key(), "statements REPLICA", "%.1f") : "0");
	}

	private static String of(OptionalDouble part, OptionalDouble all) {
		return part.isPresent() ? text(part, "%,.0f") + " of " + text(all, "%,.0f") : "–";
	}

	private String median(Contender contender, String work, String metric, String format) {
		return text(this.figures.median(contender.id(), work, metric), format);
	}

	private String withRatio(Contender contender, Work work, String metric, String format) {
		OptionalDouble ratio = this.figures.ratio(contender.id(), Contenders.BASELINE, work.key(), metric);
		return text(this.figures.median(contender.id(), work.key(), metric), format)
				+ (ratio.isPresent() ? " (" + text(ratio, "%.2f") + ")" : "");
	}

	private static String text(OptionalDouble figure, String format) {
		return figure.isPresent() ? String.format(Locale.ROOT, format, figure.getAsDouble()) : "–";
	}

	private static String row(Stream<String> cells) {
		return cells.collect(Collectors.joining(" | ", "| ", " |\n"));
	}

}
