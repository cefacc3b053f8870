package com.foobar.benchmarks.routing.peers;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Compares ways to split reads from writes on a real primary and replica, and prints a
 * table in Markdown.
 */
public final class PeerComparison {

	private static final String HELP = """
			Compares ways to split reads from writes on a primary and replica, which it starts and stops.

			Arguments: [mysql|mariadb] [ROUNDS [READS [CONTENDER ...]]]
			  mysql   MySQL 9.7 in containers, for which a container engine is needed
			  mariadb MariaDB from its binaries (default)
			  ROUNDS  number of rounds; each runs every contender once (default 25)
			  READS   read-only transactions of a contender in a round, once on one thread
			          and once on 16 (default 640)
			  CONTENDER  contenders to compare, such as STOCK or READ_REPLICA_ROUTING (default all);
			          TUNED_LAZY_PROXY is always included, as the baseline of the ratios

			Progress goes to standard error, the table to standard output. Ratios are medians of the
			ratios within each round; compare them, not absolute figures of two runs.
			""";

	private static final Contender BASELINE = Contender.TUNED_LAZY_PROXY;

	private PeerComparison() {
	}

	/**
	 * Runs the comparison.
	 * @param arguments see the help text
	 * @throws Exception if a server or the baseline does not work
	 */
	public static void main(String[] arguments) throws Exception {
		List<String> rest = new ArrayList<>(Arrays.asList(arguments));
		boolean mySql = rest.remove("mysql");
		rest.remove("mariadb");
		if (!rest.isEmpty() && !rest.get(0).matches("\\d+")) {
			System.out.print(HELP);
			return;
		}
		int rounds = (rest.size() > 0) ? Integer.parseInt(rest.get(0)) : 25;
		int reads = (rest.size() > 1) ? Integer.parseInt(rest.get(1)) : 640;
		Set<Contender> contenders = contenders(rest);
		String version;
		Map<Contender, ConfigurableApplicationContext> applications = new EnumMap<>(Contender.class);
		Map<Contender, Measurements> measured = new EnumMap<>(Contender.class);
		Map<Contender, String> failed = new EnumMap<>(Contender.class);
		try (Servers servers = mySql ? new MySqlServers() : new MariaDbServers()) {
			version = servers.version();
			try {
				for (Contender contender : contenders) {
					report("starting " + contender);
					try {
						ConfigurableApplicationContext application = Application.start(contender, servers);
						applications.put(contender, application);
						Measurements measurements = new Measurements(application.getBean(Application.Items.class));
						measurements.warmUp(3 * reads);
						measured.put(contender, measurements);
					}
					catch (Exception ex) {
						failed.put(contender, rootMessage(ex));
						report(contender + " failed: " + rootMessage(ex));
					}
				}
				measure(servers, measured, rounds, reads);
			}
			finally {
				applications.values().forEach(ConfigurableApplicationContext::close);
			}
		}
		print(measured, failed, rounds, reads, version);
		System.exit(0);
	}

	private static Set<Contender> contenders(List<String> arguments) {
		if (arguments.size() <= 2) {
			return EnumSet.allOf(Contender.class);
		}
		Set<Contender> contenders = EnumSet.of(BASELINE);
		arguments.subList(2, arguments.size()).forEach((name) -> contenders.add(Contender.valueOf(name)));
		return contenders;
	}

	private static void measure(Servers servers, Map<Contender, Measurements> measured, int rounds, int reads)
			throws Exception {
		for (Map.Entry<Contender, Measurements> contender : measured.entrySet()) {
			report("counting statements of " + contender.getKey());
			contender.getValue().countStatements(servers);
		}
		Random random = new Random(rounds);
		List<Measurements> turns = new ArrayList<>(measured.values());
		for (int round = 1; round <= rounds; round++) {
			report("round " + round + " of " + rounds);
			// A random order, so that other work of the machine affects all alike.
			Collections.shuffle(turns, random);
			for (Measurements contender : turns) {
				contender.round(reads);
			}
		}
		for (Map.Entry<Contender, Measurements> contender : measured.entrySet()) {
			report("checking own rows with " + contender.getKey() + ", the replica delayed by 1 s");
			servers.delay(Duration.ofSeconds(1));
			try {
				contender.getValue().checkOwnRows();
			}
			finally {
				servers.delay(Duration.ZERO);
				servers.awaitCaughtUp();
			}
		}
	}

	private static void print(Map<Contender, Measurements> measured, Map<Contender, String> failed, int rounds,
			int reads, String version) {
		Measurements baseline = Objects.requireNonNull(measured.get(BASELINE), "The baseline failed");
		System.out.println("| contender | reads on the replica | own rows not found just after their commit "
				+ "| own rows not seen inside their own transaction | statements per read (primary + replica) "
				+ "| per write | µs per read, 1 thread (ratio) | reads/s, 16 threads (ratio) |");
		System.out.println("|---|---|---|---|---|---|---|---|");
		measured.forEach((contender,
				result) -> System.out.println(String.format(Locale.ROOT,
						"| %s | %d %% | %s | %s | %s | %s | %.0f (%s) | %,.0f (%s) |", contender.title(),
						result.readsOnReplica(), result.ownRowsNotFound(), result.ownRowsNotSeen(),
						result.readStatements(), result.writeStatements(), result.micros(),
						result.microsRelativeTo(baseline), result.perSecond(), result.perSecondRelativeTo(baseline))));
		failed.forEach((contender, message) -> System.out
			.println("| " + contender.title() + " | did not start: " + message + " | | | | | | |"));
		System.out.println();
		System.out.println(version + ", medians of " + rounds + " rounds of " + reads
				+ " reads each; ratios to \"both pools tuned\" within each round, ± half the range of the middle half. "
				+ "Java " + System.getProperty("java.version") + ", " + Runtime.getRuntime().availableProcessors()
				+ " processors.");
	}

	private static void report(String progress) {
		System.err.println(progress);
	}

	private static String rootMessage(Throwable failure) {
		Throwable root = failure;
		while (root.getCause() != null && root.getCause() != root) {
			root = root.getCause();
		}
		return String.valueOf(root.getMessage()).lines().findFirst().orElse(root.toString()).replace("|", "/");
	}

}
