package com.foobar.routing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

import com.foobar.routing.RoutingDecision.Reason;
import com.foobar.routing.servers.ReplicatedServers;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * That no reader misses its own writes, tried over HTTP on two instances of an
 * application, with clients that remember nothing but the token.
 */
abstract class ConsistencyContract {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/**
	 * How long the random checker runs; {@code -Dconsistency.seconds=600} runs it longer.
	 */
	private static final Duration CHECKED = Duration.ofSeconds(Long.getLong("consistency.seconds", 10));

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static final AtomicLong KEYS = new AtomicLong();

	private final List<ConfigurableApplicationContext> instances = new ArrayList<>();

	abstract ReplicatedServers servers();

	@AfterEach
	void stop() {
		this.instances.forEach(ConfigurableApplicationContext::close);
	}

	@Test
	void ownWritesAreFoundOnTheOtherInstanceAlthoughTheReplicaIsASecondBehind() {
		start(Consistency.READ_YOUR_WRITES);
		assertThat(ownWritesFoundOnADelayedReplica()).isEqualTo(50);
	}

	@Test
	void ownWritesWouldNotBeFoundWithoutTheToken() {
		start(Consistency.EVENTUAL);
		assertThat(ownWritesFoundOnADelayedReplica()).isLessThan(10);
	}

	@Test
	void readsAreServedByTheReplicaThatCaughtUp() throws Exception {
		start(Consistency.READ_YOUR_WRITES);
		Client client = new Client(this.instances, new Random(1));
		for (int i = 0; i < 30; i++) {
			client.write();
			client.readAndCheck();
		}
		assertThat(reasons()).as("a replica that is not behind serves the reads")
			.filteredOn((reason) -> reason == Reason.CAUGHT_UP || reason == Reason.READ_ONLY)
			.hasSizeGreaterThan(25);
	}

	@Test
	void tokenThatWasMadeUpCostsNobodyAnything() throws Exception {
		start(Consistency.READ_YOUR_WRITES);
		long key = KEYS.incrementAndGet();
		for (String token : List.of("0-1-9999999999", "7-7-7", "3e11fa47-71ca-11e1-9e33-c80aa9429562:1-99999",
				"3e11fa47-71ca-11e1-9e33-c80aa9429562:tag:7", "nonsense", "x".repeat(4000))) {
			long begin = System.nanoTime();
			HttpResponse<String> response = send(0, "GET", "/values/" + key, token);
			assertThat(response.statusCode()).as(token).isEqualTo(200);
			assertThat(Duration.ofNanos(System.nanoTime() - begin)).as(token).isLessThan(Duration.ofSeconds(1));
		}
		assertThat(reasons()).as("none of them reached the primary").containsOnly(Reason.READ_ONLY);
	}

	@Test
	void randomClientsNeverMissTheirOwnWritesWhileReplicationIsDisturbed() throws Exception {
		start(Consistency.READ_YOUR_WRITES);
		assertThat(check(false)).isEmpty();
	}

	@Test
	void timeNeverRunsBackwardsForRandomClientsWhileReplicationIsDisturbed() throws Exception {
		start(Consistency.SESSION);
		assertThat(check(true)).isEmpty();
	}

	@Test
	void checkerCatchesABrokenBuild() throws Exception {
		start(Consistency.EVENTUAL);
		assertThat(check(false)).isNotEmpty();
	}

	private int ownWritesFoundOnADelayedReplica() {
		servers().delayReplication(Duration.ofSeconds(1));
		try {
			Client client = new Client(this.instances, new Random(1));
			int found = 0;
			for (int i = 0; i < 50; i++) {
				client.write(i % 2);
				found += client.read((i + 1) % 2) == client.written ? 1 : 0;
			}
			return found;
		}
		catch (IOException | InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
		finally {
			servers().delayReplication(Duration.ZERO);
		}
	}

	/**
	 * Several clients write and read while the applier is stopped, delayed and started
	 * again, and the replica restarted.
	 * @return the violations
	 */
	private Queue<String> check(boolean monotonic) throws InterruptedException, ExecutionException {
		long seed = System.nanoTime();
		Queue<String> violations = new ConcurrentLinkedQueue<>();
		long end = System.nanoTime() + CHECKED.toNanos();
		ExecutorService executor = Executors.newCachedThreadPool();
		try {
			List<Future<?>> running = new ArrayList<>();
			AtomicLong shared = new AtomicLong();
			for (int i = 0; i < 4; i++) {
				Client client = new Client(this.instances, new Random(seed + i));
				running.add(executor.submit(() -> {
					while (System.nanoTime() - end < 0) {
						String violation = client.step();
						if (violation == null && monotonic) {
							violation = client.readShared(shared);
						}
						if (violation != null) {
							violations.add(violation + " (seed " + seed + ")");
						}
					}
					assertThat(client.failed).as("failed reads beside " + client.answered + " answers")
						.isLessThan(client.answered / 10);
					return null;
				}));
			}
			disturb(new Random(seed), end);
			for (Future<?> client : running) {
				client.get();
			}
		}
		finally {
			executor.shutdownNow();
		}
		return violations;
	}

	private void disturb(Random random, long end) {
		int round = 0;
		while (System.nanoTime() - end < 0) {
			switch (round++ % 4) {
				case 0 -> during(random, () -> servers().delayReplication(Duration.ofSeconds(1)),
						() -> servers().delayReplication(Duration.ZERO));
				case 1 -> during(random, servers()::stopReplication, servers()::startReplication);
				case 2 -> during(random, servers()::pauseReplica, servers()::resumeReplica);
				default -> during(random, servers()::stopReplica, servers()::startReplica);
			}
		}
		servers().awaitCaughtUp();
	}

	@SuppressWarnings("ThreadSleep")
	private static void during(Random random, Runnable begin, Runnable end) {
		begin.run();
		try {
			Thread.sleep(300 + random.nextInt(1500));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		finally {
			end.run();
		}
	}

	private void start(Consistency consistency) {
		servers()
			.onPrimary("CREATE TABLE IF NOT EXISTS foobar.counter (id BIGINT PRIMARY KEY, number BIGINT NOT NULL)");
		servers().awaitCaughtUp();
		for (int i = 0; i < 2; i++) {
			this.instances.add(run(consistency));
		}
		Awaitility.await()
			.atMost(PATIENCE)
			.until(() -> this.instances.stream()
				.allMatch((instance) -> instance.getBean(Topology.class).snapshot().hasEligibleReplica()));
	}

	private ConfigurableApplicationContext run(Consistency consistency) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.properties("spring.datasource.url=" + servers().primaryUrl(),
					"spring.datasource.username=" + servers().username(),
					"spring.datasource.password=" + servers().password(),
					"spring.datasource.hikari.maximum-pool-size=8",
					"read-replica-routing.replicas[0].url=" + servers().replicaUrl(),
					"read-replica-routing.monitor.username=" + servers().monitorUsername(),
					"read-replica-routing.monitor.password=" + servers().monitorPassword(),
					"read-replica-routing.monitor.interval=200ms", "read-replica-routing.consistency=" + consistency,
					"spring.jpa.database-platform=org.hibernate.dialect.MySQLDialect",
					"spring.jpa.properties.hibernate.boot.allow_jdbc_metadata_access=false",
					"spring.jpa.open-in-view=false", "server.port=0", "spring.main.banner-mode=off",
					"logging.level.com.zaxxer.hikari=error")
			.run();
	}

	private List<Reason> reasons() {
		return this.instances.stream()
			.flatMap((instance) -> instance.getBean(RoutingContract.Decisions.class).heard().stream())
			.map(RoutingDecision::reason)
			.filter((reason) -> reason != Reason.READ_WRITE && reason != Reason.AUTO_COMMIT)
			.toList();
	}

	private HttpResponse<String> send(int instance, String method, String path, @Nullable String token)
			throws IOException, InterruptedException {
		return send(this.instances.get(instance), method, path, "Read-After", token);
	}

	private static HttpResponse<String> send(ConfigurableApplicationContext instance, String method, String path,
			String carrier, @Nullable String token) throws IOException, InterruptedException {
		String port = instance.getEnvironment().getRequiredProperty("local.server.port");
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
			.timeout(Duration.ofSeconds(40))
			.method(method, HttpRequest.BodyPublishers.noBody());
		if (token != null) {
			request.header(carrier, token);
		}
		return HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
	}

	/**
	 * Remembers the cookie, as a browser does, or the header, and nothing else.
	 */
	private static final class Client {

		private static final String FAILED = "-1";

		private final List<ConfigurableApplicationContext> instances;

		private final Random random;

		private final boolean browser;

		private final long key = KEYS.incrementAndGet();

		private @Nullable String token;

		private long written;

		private long seen;

		private int answered;

		private int failed;

		Client(List<ConfigurableApplicationContext> instances, Random random) {
			this.instances = instances;
			this.random = random;
			this.browser = random.nextBoolean();
		}

		@Nullable String step() throws IOException, InterruptedException {
			if (this.random.nextInt(3) == 0) {
				write();
			}
			long found = read(this.random.nextInt(this.instances.size()));
			return (found == this.written || found == Long.parseLong(FAILED)) ? null
					: "client " + this.key + " wrote " + this.written + " and read " + found;
		}

		/** A row that all write and all read, whose number only rises. */
		@Nullable String readShared(AtomicLong shared) throws IOException, InterruptedException {
			if (this.random.nextInt(4) == 0) {
				exchange(this.random.nextInt(2), "POST", "/values/0/" + shared.incrementAndGet());
			}
			long before = this.seen;
			String found = exchange(this.random.nextInt(2), "GET", "/values/0");
			if (found.equals(FAILED)) {
				return null;
			}
			this.seen = Long.parseLong(found);
			return (this.seen >= before) ? null : "client " + this.key + " read " + before + " and then " + this.seen;
		}

		void readAndCheck() throws IOException, InterruptedException {
			assertThat(read(this.random.nextInt(this.instances.size()))).isEqualTo(this.written);
		}

		void write() throws IOException, InterruptedException {
			write(this.random.nextInt(this.instances.size()));
		}

		void write(int instance) throws IOException, InterruptedException {
			this.written++;
			exchange(instance, "POST", "/values/" + this.key + "/" + this.written);
		}

		long read(int instance) throws IOException, InterruptedException {
			return Long.parseLong(exchange(instance, "GET", "/values/" + this.key));
		}

		private String exchange(int instance, String method, String path) throws IOException, InterruptedException {
			HttpResponse<String> response = send(this.instances.get(instance), method, path,
					this.browser ? "Cookie" : "Read-After",
					(this.token != null && this.browser) ? "read_after=" + this.token : this.token);
			if (response.statusCode() == 500 && method.equals("GET")) {
				// Its server was stopped while the query ran: an error, but no wrong
				// answer.
				this.failed++;
				return FAILED;
			}
			assertThat(response.statusCode()).as(method + " " + path).isEqualTo(200);
			this.answered++;
			Optional<String> next = this.browser
					? response.headers()
						.firstValue("Set-Cookie")
						.map((cookie) -> cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';')))
					: response.headers().firstValue("Read-After");
			next.ifPresent((value) -> this.token = value);
			return response.body();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Values values(JdbcTemplate jdbc) {
			return new Values(jdbc);
		}

		@Bean
		Web web(Values values) {
			return new Web(values);
		}

		@Bean
		RoutingContract.Decisions decisions() {
			return new RoutingContract.Decisions();
		}

	}

	@RestController
	static class Web {

		private final Values values;

		Web(Values values) {
			this.values = values;
		}

		@PostMapping("/values/{key}/{number}")
		String put(@PathVariable long key, @PathVariable long number) {
			this.values.put(key, number);
			return "";
		}

		@GetMapping("/values/{key}")
		String get(@PathVariable long key) {
			return Long.toString(this.values.get(key));
		}

	}

	static class Values {

		private final JdbcTemplate jdbc;

		Values(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@Transactional
		public void put(long key, long number) {
			this.jdbc.update("INSERT INTO counter (id, number) VALUES (?, ?) "
					+ "ON DUPLICATE KEY UPDATE number = GREATEST(number, ?)", key, number, number);
		}

		@Transactional(readOnly = true)
		public long get(long key) {
			return this.jdbc.query("SELECT number FROM counter WHERE id = ?", (row, index) -> row.getLong(1), key)
				.stream()
				.findFirst()
				.orElse(0L);
		}

	}

}
