package com.foobar.benchmarks.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Draws the plots, and puts them with the tables into the documentation.
 */
final class Publication {

	private static final String BEGIN = "<!-- written by benchmarks/stack --publish -->\n";

	private static final String END = "<!-- end -->\n";

	private final Figures figures;

	private final List<Contender> contenders;

	private final List<Work> works;

	Publication(Figures figures, List<Contender> contenders, List<Work> works) {
		this.figures = figures;
		this.contenders = contenders;
		this.works = works;
	}

	/** Writes the two plots into a directory. */
	void draw(Path directory) throws IOException {
		Files.writeString(directory.resolve("stack-throughput.svg"), throughput());
		Files.writeString(directory.resolve("stack-processor-time.svg"), processorTime());
	}

	/** Replaces what an earlier run has written between the two marks. */
	static void replace(Path document, String report) throws IOException {
		String text = Files.readString(document);
		int begin = text.indexOf(BEGIN);
		int end = text.indexOf(END, begin);
		if (begin == -1 || end == -1) {
			throw new IllegalStateException(document + " has no lines " + BEGIN.strip() + " and " + END.strip());
		}
		Files.writeString(document, text.substring(0, begin + BEGIN.length()) + report + text.substring(end));
	}

	private String throughput() {
		List<Plot.Group> groups = new ArrayList<>();
		for (Work work : this.works) {
			List<Plot.Bar> bars = new ArrayList<>();
			for (Contender contender : this.contenders) {
				OptionalDouble ratio = this.figures.ratio(contender.id(), Contenders.BASELINE, work.key(),
						"requests/s");
				ratio.ifPresent((value) -> bars.add(new Plot.Bar(contender.id(), List.of(value),
						List.of(contender.id().equals("ours") ? "p0" : "other"),
						String.format(Locale.ROOT, "%.2f", value))));
			}
			groups.add(new Plot.Group(work.key(), bars));
		}
		return Plot.draw("Throughput, as a multiple of HAProxy's before stock applications", List.of(), groups, 1);
	}

	private String processorTime() {
		List<Plot.Group> groups = new ArrayList<>();
		for (Work work : this.works) {
			List<Plot.Bar> bars = new ArrayList<>();
			for (Contender contender : this.contenders) {
				bars.add(bar(contender, work));
			}
			if (bars.stream().anyMatch((bar) -> bar.length() > 0)) {
				groups.add(new Plot.Group(work.key(), bars));
			}
		}
		return Plot.draw("Processor milliseconds per request",
				List.of(Role.values()).stream().map(Role::label).toList(), groups, 0);
	}

	private Plot.Bar bar(Contender contender, Work work) {
		List<Double> parts = new ArrayList<>();
		List<String> styles = new ArrayList<>();
		for (Role role : Role.values()) {
			styles.add("p" + parts.size());
			parts.add(this.figures.median(contender.id(), work.key(), "ms " + role).orElse(0));
		}
		return new Plot.Bar(contender.id(), parts, styles,
				String.format(Locale.ROOT, "%.2f", parts.stream().mapToDouble(Double::doubleValue).sum()));
	}

}
