package com.foobar.benchmarks.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Statistics over rounds. Figures of one round were measured in direct succession;
 * figures of different rounds are not comparable.
 */
public final class Rounds {

	private Rounds() {
	}

	/**
	 * The median.
	 * @param values one figure of each round, at least one
	 * @return the median
	 */
	public static double median(List<Double> values) {
		return quantile(values, 0.5);
	}

	/**
	 * The ratio of two contenders.
	 * @param values one figure of each round
	 * @param baseline those of the contender whose ratio is 1
	 * @return the median of the ratios within the rounds, and how much the middle half of
	 * them differs from it
	 */
	public static String ratio(List<Double> values, List<Double> baseline) {
		List<Double> ratios = new ArrayList<>();
		for (int i = 0; i < Math.min(values.size(), baseline.size()); i++) {
			ratios.add(values.get(i) / baseline.get(i));
		}
		double spread = (quantile(ratios, 0.75) - quantile(ratios, 0.25)) / 2;
		return String.format(Locale.ROOT, "%.2f ± %.2f", median(ratios), spread);
	}

	private static double quantile(List<Double> values, double share) {
		List<Double> sorted = values.stream().sorted().toList();
		double position = share * (sorted.size() - 1);
		double below = sorted.get((int) Math.floor(position));
		double above = sorted.get((int) Math.ceil(position));
		return below + (above - below) * (position - Math.floor(position));
	}

}
