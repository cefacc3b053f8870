package com.foobar.benchmarks.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;

import com.foobar.benchmarks.routing.Rounds;

/**
 * Everything that was measured. Each figure is also appended to a file at once, so that
 * an interrupted run leaves what it has found. Round 0 is what is measured once.
 */
final class Figures {

	private final List<Figure> all = new ArrayList<>();

	private final Path file;

	Figures(Path file) throws IOException {
		this.file = file;
		Files.writeString(file, "round,contender,work,metric,value\n");
	}

	/**
	 * One figure.
	 *
	 * @param round the round, from 1
	 * @param contender the contender's id
	 * @param work the work's key, or an empty text
	 * @param metric what was measured, with its unit
	 * @param value the figure
	 */
	record Figure(int round, String contender, String work, String metric, double value) {

	}

	void add(int round, String contender, String work, String metric, Number number) {
		double value = number.doubleValue();
		this.all.add(new Figure(round, contender, work, metric, value));
		try {
			Files.writeString(this.file,
					String.format(Locale.ROOT, "%d,%s,%s,%s,%.6g%n", round, contender, work, metric, value),
					StandardOpenOption.APPEND);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Map<Integer, Double> rounds(String contender, String work, String metric) {
		Map<Integer, Double> values = new TreeMap<>();
		for (Figure figure : this.all) {
			if (figure.contender().equals(contender) && figure.work().equals(work) && figure.metric().equals(metric)) {
				values.put(figure.round(), figure.value());
			}
		}
		return values;
	}

	/** The median of the rounds, if there are any. */
	OptionalDouble median(String contender, String work, String metric) {
		List<Double> values = List.copyOf(rounds(contender, work, metric).values());
		return values.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Rounds.median(values));
	}

	/** The sum of the rounds, if there are any. */
	OptionalDouble sum(String contender, String work, String metric) {
		return rounds(contender, work, metric).values().stream().mapToDouble(Double::doubleValue).reduce(Double::sum);
	}

	/** The median of the ratios to another contender's figure in the same round. */
	OptionalDouble ratio(String contender, String baseline, String work, String metric) {
		Map<Integer, Double> base = rounds(baseline, work, metric);
		List<Double> ratios = new ArrayList<>();
		rounds(contender, work, metric).forEach((round, value) -> {
			Double other = base.get(round);
			if (other != null && other > 0) {
				ratios.add(value / other);
			}
		});
		return ratios.isEmpty() ? OptionalDouble.empty() : OptionalDouble.of(Rounds.median(ratios));
	}

}
