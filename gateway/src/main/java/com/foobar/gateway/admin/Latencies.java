package com.foobar.gateway.admin;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * A histogram of request durations. Immutable.
 *
 * @param count number of requests
 * @param atMost number of requests up to each limit in milliseconds
 */
record Latencies(long count, NavigableMap<Double, Long> atMost) {

	static final Latencies NONE = new Latencies(0, new TreeMap<>());

	static Latencies of(HistogramSnapshot snapshot) {
		NavigableMap<Double, Long> atMost = new TreeMap<>();
		for (CountAtBucket bucket : snapshot.histogramCounts()) {
			if (Double.isFinite(bucket.bucket())) {
				atMost.put(bucket.bucket(TimeUnit.MILLISECONDS), (long) bucket.count());
			}
		}
		return new Latencies(snapshot.count(), atMost);
	}

	/** The sum of both. */
	Latencies plus(Latencies other) {
		NavigableMap<Double, Long> sum = new TreeMap<>(this.atMost);
		other.atMost.forEach((limit, number) -> sum.merge(limit, number, Long::sum));
		return new Latencies(this.count + other.count, sum);
	}

	/** The difference to an earlier state of the same histogram. */
	Latencies since(Latencies before) {
		NavigableMap<Double, Long> difference = new TreeMap<>();
		this.atMost.forEach(
				(limit, number) -> difference.put(limit, Math.max(0, number - before.atMost.getOrDefault(limit, 0L))));
		return new Latencies(Math.max(0, this.count - before.count), difference);
	}

	/**
	 * The duration within which a share of the requests ended, interpolated between two
	 * limits of the histogram.
	 * @param share from 0 to 1
	 * @return milliseconds; null without requests
	 */
	@Nullable Double quantile(double share) {
		if (this.count == 0 || this.atMost.isEmpty()) {
			return null;
		}
		double wanted = share * this.count;
		double lowerLimit = 0;
		long below = 0;
		List<Double> limits = new ArrayList<>(this.atMost.keySet());
		for (double limit : limits) {
			long number = this.atMost.getOrDefault(limit, 0L);
			if (number >= wanted && number > below) {
				return lowerLimit + (limit - lowerLimit) * (wanted - below) / (number - below);
			}
			lowerLimit = limit;
			below = number;
		}
		// Longer than the largest limit: unknown how much.
		return lowerLimit;
	}

}
