package com.foobar.benchmarks.routing.peers;

import java.time.Duration;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.springframework.context.ConfigurableApplicationContext;

/**
 * Compares ways to split reads from writes on a real primary and replica, and prints a
 * table in Markdown.
 */
public final class PeerComparison {

	private static final String HELP = """
			Compares ways to split reads from writes on a MariaDB primary and replica, which it starts and stops.

			Arguments: [ROUNDS [READS [CONTENDER ...]]]
			  ROUNDS  rounds in which the contenders take turns (default 9)
			  READS   read-only transactions of a contender in a round, once on one thread
			          and once on 16 (default 1600)
			  CONTENDER  which to compare, such as STOCK or READ_REPLICA_ROUTING (default all);
			          TUNED_LAZY_PROXY always takes part, since ratios are to it

			Progress goes to standard error, the table to standard output. Ratios are medians of the
			ratios within each round; compare them, not absolute figures of two runs.
			""";

	private static final Contender YARDSTICK = Contender.TUNED_LAZY_PROXY;

	private PeerComparison() {
	}

	/**
	 * Run the comparison.
	 * @param arguments as the help text says
	 * @throws Exception if a server or the yardstick does not work
	 */
	public static void main(String[] arguments) throws Exception {
		if (arguments.length > 0 && !arguments[0].matches("\\d+")) {
			System.out.print(HELP);
			return;
		}
		int rounds = (arguments.length > 0) ? Integer.parseInt(arguments[0]) : 9;
		int reads = (arguments.length > 1) ? Integer.parseInt(arguments[1]) : 1600;
		Map<Contender, ConfigurableApplicationContext> applications = new EnumMap<>(Contender.class);
		Map<Contender, Measurements> measured = new EnumMap<>(Contender.class);
		Map<Contender, String> failed = new EnumMap<>(Contender.class);
		try (Servers servers = new Servers()) {
			try {
				for (Contender contender : contenders(arguments)) {
					say("starting " + contender);
					try {
						ConfigurableApplicationContext application = Application.start(contender, servers);
						applications.put(contender, application);
						Measurements measurements = new Measurements(application.getBean(Application.Items.class));
						measurements.warmUp(reads);
						measured.put(contender, measurements);
					}
					catch (Exception ex) {
						failed.put(contender, rootMessage(ex));
						say(contender + " failed: " + rootMessage(ex));
					}
				}
				measure(servers, measured, rounds, reads);
			}
			finally {
				applications.values().forEach(ConfigurableApplicationContext::close);
			}
		}
		print(measured, failed, rounds, reads);
		System.exit(0);
	}

	private static Set<Contender> contenders(String[] arguments) {
		if (arguments.length <= 2) {
			return EnumSet.allOf(Contender.class);
		}
		Set<Contender> contenders = EnumSet.of(YARDSTICK);
		for (int i = 2; i < arguments.length; i++) {
			contenders.add(Contender.valueOf(arguments[i]));
		}
		return contenders;
	}

	private static void measure(Servers servers, Map<Contender, Measurements> measured, int rounds, int reads)
			throws Exception {
		for (Map.Entry<Contender, Measurements> contender : measured.entrySet()) {
			say("counting statements of " + contender.getKey());
			contender.getValue().countStatements(servers);
		}
		for (int round = 1; round <= rounds; round++) {
			say("round " + round + " of " + rounds);
			for (Measurements contender : measured.values()) {
				contender.round(reads);
			}
		}
		for (Map.Entry<Contender, Measurements> contender : measured.entrySet()) {
			say("looking for own rows with " + contender.getKey() + ", the replica delayed by 1 s");
			servers.delay(Duration.ofSeconds(1));
			try {
				contender.getValue().lookForOwnRows();
			}
			finally {
				servers.delay(Duration.ZERO);
				servers.awaitCaughtUp();
			}
		}
	}

	private static void print(Map<Contender, Measurements> measured, Map<Contender, String> failed, int rounds,
			int reads) {
		Measurements yardstick = Objects.requireNonNull(measured.get(YARDSTICK), "The yardstick failed");
		System.out.println(
				"| contender | statements per read (primary + replica) | per write | µs per read, 1 thread (ratio) "
						+ "| reads/s, 16 threads (ratio) | own row not found just after its commit "
						+ "| own row not seen inside its own transaction |");
		System.out.println("|---|---|---|---|---|---|---|");
		measured.forEach((contender, result) -> System.out.println(String.format(Locale.ROOT,
				"| %s | %s | %s | %.0f (%.2f) | %,.0f (%.2f) | %s | %s |", contender.title(), result.readStatements(),
				result.writeStatements(), result.micros(), result.microsRelativeTo(yardstick), result.perSecond(),
				result.perSecondRelativeTo(yardstick), result.ownRowsNotFound(), result.ownRowsNotSeen())));
		failed.forEach((contender, message) -> System.out
			.println("| " + contender.title() + " | did not start: " + message + " | | | | | |"));
		System.out.println();
		System.out.println(
				"Medians of " + rounds + " rounds of " + reads + " reads each; ratios to \"Spring lazy proxy, both "
						+ "pools tuned\" within each round. Java " + System.getProperty("java.version") + ", "
						+ Runtime.getRuntime().availableProcessors() + " processors.");
	}

	private static void say(String progress) {
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
