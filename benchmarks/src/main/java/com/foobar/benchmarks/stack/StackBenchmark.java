package com.foobar.benchmarks.stack;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Compares our stack with what a team would choose instead. All contenders are started
 * and warmed up once; then they take turns in rounds. Whoever has no turn is suspended,
 * so that it takes no processor time and no contender has to be warmed up again.
 */
@Command(name = "benchmarks/stack", mixinStandardHelpOptions = true, sortOptions = false, usageHelpAutoWidth = true,
		description = { "Compares the whole stack with others, in turns, on this machine.",
				"Needs JDK 25, Linux, Docker on this machine, wrk, and nothing else running." })
final class StackBenchmark implements Callable<Integer> {

	@Option(names = "--contenders", split = ",", paramLabel = "ID",
			description = "of ours, haproxy, nginx, spring-gateway, lazy-proxy, shardingsphere (default: all)")
	private List<String> ids = Contenders.IDS;

	@Option(names = "--works", split = ",", paramLabel = "WORK",
			description = "of read, list, page, insert, asset, mix, pairs (default: all)")
	private List<String> works = List.of("read", "list", "page", "asset", "mix", "insert", "pairs");

	@Option(names = "--rounds", paramLabel = "N", description = "rounds (default: ${DEFAULT-VALUE})")
	private int rounds = 3;

	@Option(names = "--seconds", paramLabel = "N",
			description = "of each work in each turn (default: ${DEFAULT-VALUE})")
	private int seconds = 3;

	@Option(names = "--warm-up", paramLabel = "SECONDS",
			description = "of each contender, as if nothing else ran (default: ${DEFAULT-VALUE})")
	private int warmUp = 45;

	@Option(names = "--connections", paramLabel = "N", description = "of the clients (default: ${DEFAULT-VALUE})")
	private int connections = 32;

	@Option(names = "--notices", paramLabel = "N", description = "rows (default: ${DEFAULT-VALUE})")
	private int notices = 1000;

	@Option(names = "--latencies", split = ",", paramLabel = "WORK", arity = "0..1",
			description = "the works whose latencies are measured at a fixed rate (default: list, page, insert, mix)")
	private List<String> latencies = List.of("list", "page", "insert", "mix");

	@Option(names = "--rate", paramLabel = "SHARE",
			description = "that rate, as a share of the throughput that was measured first (default: ${DEFAULT-VALUE})")
	private double rateShare = 0.5;

	@Option(names = "--faults", negatable = true, defaultValue = "true", fallbackValue = "true",
			description = "kill an application, and read with a late replica, at the end (default: yes)")
	private boolean faults;

	@Option(names = "--quick",
			description = "ours and haproxy; two rounds of read, list, page and insert; no latencies, no faults")
	@SuppressWarnings("UnusedVariable") // see withPresets
	private boolean quick;

	@Option(names = "--publish", description = "write the tables to benchmarks/README.md and the plots to docs/images")
	private boolean publish;

	@Option(names = "--port", paramLabel = "N",
			description = "the first of a thousand ports (default: ${DEFAULT-VALUE})")
	private int port = 21000;

	@Option(names = "--output", paramLabel = "DIRECTORY",
			description = "of the raw figures, report.md and plots (default: ${DEFAULT-VALUE})")
	private Path output = Path.of("benchmarks/target/stack");

	private static final List<String> QUICK = List.of("--contenders=ours,haproxy", "--works=read,list,page,insert",
			"--rounds=2", "--seconds=3", "--warm-up=30", "--latencies=", "--no-faults");

	private static final int PAIRS = 50;

	private static final int FAULT_SECONDS = 15;

	private final List<String> leftOut = new ArrayList<>();

	private final Deque<AutoCloseable> started = new ArrayDeque<>();

	public static void main(String[] arguments) {
		Locale.setDefault(Locale.ROOT);
		System.exit(new CommandLine(new StackBenchmark()).execute(withPresets(arguments)));
	}

	/** {@code --quick} stands for the options that are not given beside it. */
	private static String[] withPresets(String[] arguments) {
		List<String> all = new ArrayList<>(List.of(arguments));
		if (all.contains("--quick")) {
			QUICK.stream()
				.filter((preset) -> all.stream().noneMatch((given) -> given.startsWith(preset.split("=", 2)[0])))
				.toList()
				.forEach(all::add);
		}
		return all.toArray(new String[0]);
	}

	@Override
	public Integer call() throws Exception {
		try (FileChannel lock = FileChannel.open(Path.of(System.getProperty("java.io.tmpdir"), "foobar-stack.lock"),
				StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
			if (lock.tryLock() == null) {
				progress("Waiting for another run on this machine");
				Objects.requireNonNull(lock.lock());
			}
			Runtime.getRuntime().addShutdownHook(new Thread(this::close));
			try {
				run();
			}
			finally {
				close();
			}
		}
		return this.leftOut.isEmpty() ? 0 : 1;
	}

	private void run() throws Exception {
		Path java = Path.of(System.getProperty("java.home"), "bin", "java");
		Path directory = Files.createTempDirectory("foobar-stack-");
		Files.createDirectories(this.output);
		progress("Logs: " + directory);
		Secrets secrets = Secrets.create(java, directory.resolve("secrets"));
		Databases databases = new Databases(directory, this.port, secrets, this.notices);
		this.started.push(databases);
		databases.start();
		Figures figures = new Figures(this.output.resolve("figures.csv"));
		Measurement measurement = new Measurement(databases, new Wrk(script(directory), this.connections, this.notices),
				figures, new Measurement.Plan(works(this.works), works(this.latencies), this.rateShare, this.seconds,
						this.connections, this.notices));
		List<Contender> contenders = new ArrayList<>();
		Contenders factory = new Contenders(java, directory, this.port, databases, secrets);
		for (String id : this.ids) {
			Contender contender = factory.create(id);
			this.started.push(contender);
			progress(id + ": starting, then " + this.warmUp + " s of warming up");
			try {
				measurement.warmUp(contender, this.warmUp);
				contenders.add(contender);
			}
			catch (IllegalStateException ex) {
				// The others can still be compared.
				progress(id + " is left out: " + ex.getMessage());
				this.leftOut.add(id);
				contender.close();
			}
		}
		for (int round = 1; round <= this.rounds; round++) {
			List<Contender> turns = new ArrayList<>(contenders);
			Collections.shuffle(turns);
			if (round == 1) {
				// It sets the rates of the open loop.
				turns.sort(Comparator.comparing((contender) -> !contender.id().equals(Contenders.BASELINE)));
			}
			for (Contender contender : turns) {
				progress("Round " + round + " of " + this.rounds + ": " + contender.id());
				measurement.turn(round, contender);
			}
		}
		if (this.faults) {
			for (Contender contender : contenders) {
				progress("Faults: " + contender.id());
				measurement.staleReads(contender, PAIRS);
				measurement.failures(contender, FAULT_SECONDS);
			}
		}
		String report = new Report(figures, contenders, works(this.works)).text(description(databases)
				+ (this.leftOut.isEmpty() ? "" : " Left out, because it did not start: " + this.leftOut));
		Files.writeString(this.output.resolve("report.md"), report);
		Publication publication = new Publication(figures, contenders, works(this.works));
		publication.draw(this.output);
		if (this.publish) {
			publication.draw(Path.of("docs/images"));
			Publication.replace(Path.of("benchmarks/README.md"), report);
		}
		System.out.print(report);
	}

	private static List<Work> works(List<String> names) {
		return names.stream()
			.filter((name) -> !name.isBlank())
			.map((work) -> Work.valueOf(work.toUpperCase(Locale.ROOT)))
			.toList();
	}

	private String description(Databases databases) throws SQLException {
		return String.format(Locale.ROOT,
				"%s: %d rounds of %d s for each work after %d s of warming up, %d connections, %d notices; %d processors; JDK %s, %s, %s, %s.",
				LocalDate.now(ZoneOffset.UTC), this.rounds, this.seconds, this.warmUp, this.connections, this.notices,
				Runtime.getRuntime().availableProcessors(), Runtime.version(), databases.version(),
				Balancers.version("haproxy:3.2", "haproxy"), Balancers.version("nginx:1.30", "nginx"));
	}

	private static Path script(Path directory) throws IOException {
		Path script = directory.resolve("load.lua");
		try (InputStream in = Objects.requireNonNull(StackBenchmark.class.getResourceAsStream("load.lua"))) {
			Files.write(script, in.readAllBytes());
		}
		return script;
	}

	private synchronized void close() {
		while (!this.started.isEmpty()) {
			try {
				this.started.pop().close();
			}
			catch (Exception ex) {
				progress(ex.toString());
			}
		}
	}

	static void progress(String line) {
		System.err.println(line);
	}

}
