package com.foobar.benchmarks.routing;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

import com.foobar.benchmarks.routing.ReadOnlyTransactionBenchmark.Contender;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runs {@link ReadOnlyTransactionBenchmark} in rounds and prints a table in Markdown. In
 * each round every contender runs once, in a process of its own, so that other work of
 * the machine affects all of them; figures are compared only within rounds.
 */
public final class OverheadComparison {

	private static final Contender YARDSTICK = Contender.TUNED_LAZY_PROXY;

	private static final TimeValue SECOND = TimeValue.seconds(1);

	private OverheadComparison() {
	}

	/**
	 * Runs the comparison.
	 * @param arguments the number of rounds, by default 5
	 * @throws RunnerException if a contender fails
	 */
	public static void main(String[] arguments) throws RunnerException {
		int rounds = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 5;
		List<Contender> turns = new ArrayList<>(Arrays.asList(Contender.values()));
		Map<Contender, List<Double>> nanos = new EnumMap<>(Contender.class);
		Map<Contender, List<Double>> bytes = new EnumMap<>(Contender.class);
		Random random = new Random(rounds);
		for (int round = 1; round <= rounds; round++) {
			// A random order, so that other work of the machine affects all alike.
			Collections.shuffle(turns, random);
			for (Contender contender : turns) {
				System.err.println("round " + round + " of " + rounds + ": " + contender);
				RunResult result = run(contender);
				nanos.computeIfAbsent(contender, (key) -> new ArrayList<>())
					.add(score(result, "nanos") / score(result, "transactions"));
				bytes.computeIfAbsent(contender, (key) -> new ArrayList<>()).add(score(result, "gc.alloc.rate.norm"));
			}
		}
		print(System.out, rounds, nanos, bytes);
	}

	private static RunResult run(Contender contender) throws RunnerException {
		Options options = new OptionsBuilder().include(ReadOnlyTransactionBenchmark.class.getName())
			.param("contender", contender.name())
			.addProfiler(GCProfiler.class)
			.verbosity(VerboseMode.SILENT)
			.shouldFailOnError(true)
			.forks(1)
			// Compiles before it goes on, so that the warm-up suffices on a busy machine.
			.jvmArgsAppend("-Xbatch")
			.warmupIterations(8)
			.warmupTime(SECOND)
			.measurementIterations(4)
			.measurementTime(SECOND)
			.build();
		Collection<RunResult> results = new Runner(options).run();
		return results.iterator().next();
	}

	private static double score(RunResult result, String name) {
		Result<?> counted = Objects.requireNonNull(result.getSecondaryResults().get(name),
				() -> name + " was not counted");
		return counted.getScore();
	}

	private static void print(PrintStream out, int rounds, Map<Contender, List<Double>> nanos,
			Map<Contender, List<Double>> bytes) {
		out.println(
				"| between transaction manager and pools | processor ns per transaction (ratio) | bytes per transaction |");
		out.println("|---|---|---|");
		List<Double> yardstick = Objects.requireNonNull(nanos.get(YARDSTICK));
		nanos.forEach((contender,
				values) -> out.println(String.format(Locale.ROOT, "| %s | %,.0f (%s) | %,.0f |", contender.title(),
						Rounds.median(values), Rounds.ratio(values, yardstick),
						Rounds.median(Objects.requireNonNull(bytes.get(contender))))));
		out.println();
		out.println("Medians of " + rounds + " rounds of one process each, warmed up for 8 s and measured for 4 s; "
				+ "ratios to \"both pools without auto-commit\" within each round, ± half the range of the middle half. "
				+ "Java " + System.getProperty("java.version") + ", " + Runtime.getRuntime().availableProcessors()
				+ " processors.");
	}

}
