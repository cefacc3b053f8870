package com.foobar.system;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.foobar.system.Site.SiteResponse;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The behaviour of the stack as clients see it, in both forms. Each test starts from a
 * stack in which everything works, and may break it: the next test waits until it has
 * recovered.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StackContract {

	private static final String PROBLEM = "application/problem+json";

	private static final Duration PAUSE = Duration.ofMillis(20);

	private RunningStack stack;

	private Site site;

	/**
	 * Starts the stack; called once.
	 */
	abstract RunningStack start();

	final RunningStack stack() {
		return this.stack;
	}

	final Site site() {
		return this.site;
	}

	@BeforeAll
	void startStack() {
		this.stack = start();
		this.site = new Site(this.stack.site(), this.stack.certificateAuthority());
		eventually().untilAsserted(() -> this.site.join("Tester"));
	}

	@AfterAll
	void stopStack() {
		if (this.stack != null) {
			this.stack.close();
		}
	}

	@BeforeEach
	void awaitHealthyStack() {
		eventually().untilAsserted(() -> {
			assertThat(respondingInstances()).containsExactlyInAnyOrderElementsOf(this.stack.instances());
			assertThat(this.site.get("/api/notices?size=1").route().nodes()).containsExactly(this.stack.replica());
			assertThat(post("All is well").status()).isEqualTo(201);
		});
	}

	@Test
	void noticeIsReadFromTheReplicaWhenItWasPostedThroughTheGateway() {
		String title = unique("written on the primary");
		// A new session is not validated in the database, which would query another node.
		this.site.join("Writer");
		SiteResponse posted = post(title);
		assertThat(posted.status()).as("%s", posted).isEqualTo(201);
		assertThat(posted.route().nodes()).containsExactly(this.stack.primary());
		long id = posted.json().get("id").asLong();
		eventually().untilAsserted(
				() -> assertThat(this.stack.queryReplica("SELECT title FROM foobar.notices WHERE id = " + id))
					.containsExactly(title));
		SiteResponse read = this.site.get("/api/notices/" + id);
		assertThat(read.status()).isEqualTo(200);
		assertThat(read.json().get("title").asString()).isEqualTo(title);
		assertThat(read.route().nodes()).containsExactly(this.stack.replica());
		assertThat(read.route().gateway()).isTrue();
	}

	@Test
	void requestsAreDistributedRoundRobin() {
		int rounds = 10;
		int requests = rounds * this.stack.instances().size();
		List<String> served = IntStream.range(0, requests)
			.mapToObj((i) -> this.site.get("/api/notices?size=1").route().instance())
			.toList();
		for (String instance : this.stack.instances()) {
			assertThat(served).filteredOn(instance::equals).hasSize(rounds);
		}
		assertThat(served).allSatisfy((instance) -> assertThat(instance).isNotNull());
		for (int i = 1; i < served.size(); i++) {
			assertThat(served.get(i)).isNotEqualTo(served.get(i - 1));
		}
	}

	@Test
	void writerReadsItsNoticeOnEveryInstanceWhenTheReplicaLags() {
		this.stack.delayReplica(Duration.ofSeconds(3));
		try {
			for (int i = 0; i < 2 * this.stack.instances().size(); i++) {
				String title = unique("my own");
				SiteResponse posted = post(title);
				assertThat(posted.status()).as("%s", posted).isEqualTo(201);
				String carrier = i % 2 == 0 ? "Read-After" : "Cookie";
				String written = i % 2 == 0 ? posted.header("Read-After") : posted.cookie("read_after");
				assertThat(written).as("%s", posted).isNotBlank();
				for (int read = 0; read < this.stack.instances().size(); read++) {
					SiteResponse response = this.site
						.send(this.site.request("/api/notices/" + posted.json().get("id").asLong())
							.header(carrier, written)
							.build());
					assertThat(response.status()).as("%s", response).isEqualTo(200);
					assertThat(response.json().get("title").asString()).isEqualTo(title);
				}
				// A client that has written nothing neither waits nor loads the primary.
				assertThat(this.site.get("/api/notices?size=1").route().nodes()).containsExactly(this.stack.replica());
			}
		}
		finally {
			this.stack.delayReplica(Duration.ZERO);
		}
	}

	@Test
	void homePageListsNoticesAndShowsTheRoute() {
		String title = unique("<b>seen</b> on the page");
		assertThat(post(title).status()).isEqualTo(201);
		eventually().untilAsserted(() -> {
			SiteResponse page = this.site.page("/");
			assertThat(page.status()).isEqualTo(200);
			assertThat(page.body()).contains(title.replace("<", "&lt;").replace(">", "&gt;"))
				.doesNotContain(title)
				.contains(this.stack.replica())
				.containsAnyOf(this.stack.instances().toArray(String[]::new));
		});
	}

	@Test
	void plainHttpRequestIsRedirectedPermanentlyToHttps() {
		Site plain = new Site(this.stack.plainSite(), this.stack.certificateAuthority());
		SiteResponse response = plain.get("/api/notices?q=a%20b");
		assertThat(response.status()).isEqualTo(308);
		assertThat(response.header("Location")).isEqualTo(this.stack.site() + "/api/notices?q=a%20b");
	}

	@Test
	void noSafeRequestFailsWhenAnInstanceIsKilledUnderLoad() {
		String victim = this.stack.instances().get(0);
		String survivor = this.stack.instances().get(1);
		Load load = Load.of(8, (client) -> this.site.get("/api/notices?size=5"),
				(response) -> response.status() == 200);
		try (load) {
			eventually().until(() -> load.servedBy(victim) > 200 && load.servedBy(survivor) > 200);
			this.stack.killInstance(victim);
			long atDeath = load.completed();
			eventually().until(() -> load.completed() > atDeath + 500);
			load.slowDown(PAUSE);
			long withoutVictim = load.servedBy(victim);
			this.stack.startInstance(victim);
			eventually().until(() -> load.servedBy(victim) > withoutVictim + 200);
		}
		assertThat(load.failures()).as("failed requests of %d", load.completed()).isEmpty();
	}

	@Test
	void readsUseThePrimaryWhileTheReplicaIsStoppedAndReturnToIt() {
		String title = unique("before the replica went");
		long id = post(title).json().get("id").asLong();
		Load load = Load.of(4, (client) -> this.site.get("/api/notices?size=5"),
				(response) -> response.status() == 200);
		try (load) {
			eventually().until(() -> load.completed() > 100);
			this.stack.stopReplica();
			eventually().untilAsserted(() -> {
				SiteResponse read = this.site.get("/api/notices/" + id);
				assertThat(read.status()).isEqualTo(200);
				assertThat(read.route().nodes()).containsExactly(this.stack.primary());
			});
			assertThat(post(unique("while the replica is gone")).status()).isEqualTo(201);
			load.slowDown(PAUSE);
			this.stack.startReplica();
			eventually().untilAsserted(() -> assertThat(this.site.get("/api/notices/" + id).route().nodes())
				.containsExactly(this.stack.replica()));
		}
		assertThat(load.failures()).as("failed requests of %d", load.completed()).isEmpty();
	}

	@Test
	void readsContinueAndNoAcknowledgedWriteIsLostWhenThePrimaryStops() {
		Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
		Load reading = Load.of(4, (client) -> this.site.get("/api/notices?size=5"),
				(response) -> response.status() == 200);
		Load writing = Load.of(4, (client) -> {
			String title = unique("acknowledged");
			SiteResponse response = post(title);
			if (response.status() == 201) {
				acknowledged.add(title);
			}
			return response;
		}, (response) -> response.status() == 201 || isWritingPaused(response));
		try (reading; writing) {
			eventually().until(() -> acknowledged.size() > 50 && reading.completed() > 100);
			this.stack.stopPrimary();
			eventually().untilAsserted(() -> assertThat(isWritingPaused(post(unique("refused")))).isTrue());
			long readBefore = reading.completed();
			eventually().until(() -> reading.completed() > readBefore + 200);
			SiteResponse read = this.site.get("/api/notices?size=1");
			assertThat(read.route().nodes()).containsExactly(this.stack.replica());
			int beforeReturn = acknowledged.size();
			reading.slowDown(PAUSE);
			writing.slowDown(PAUSE);
			this.stack.startPrimary();
			eventually().until(() -> acknowledged.size() > beforeReturn + 50);
		}
		assertThat(reading.failures()).as("failed reads of %d", reading.completed()).isEmpty();
		assertThat(writing.failures())
			.as("writes that were neither accepted nor refused with Retry-After, of %d", writing.completed())
			.isEmpty();
		assertThat(titles(this.stack.queryPrimary(ACKNOWLEDGED))).containsAll(acknowledged);
		eventually()
			.untilAsserted(() -> assertThat(titles(this.stack.queryReplica(ACKNOWLEDGED))).containsAll(acknowledged));
	}

	private static final String ACKNOWLEDGED = "SELECT title FROM foobar.notices WHERE title LIKE 'acknowledged %'";

	private static Set<String> titles(List<String> rows) {
		return new TreeSet<>(rows);
	}

	private static boolean isWritingPaused(SiteResponse response) {
		return response.status() == 503 && response.header("Retry-After") != null
				&& PROBLEM.equals(response.header("Content-Type"));
	}

	@Test
	void gatewayRespondsWithAProblemAndRetryAfterWhenNoInstanceRuns() {
		this.stack.instances().forEach(this.stack::killInstance);
		try {
			eventually().untilAsserted(() -> {
				SiteResponse response = this.site.get("/api/notices");
				assertThat(response.status()).as("%s", response).isEqualTo(503);
				assertThat(response.header("Content-Type")).startsWith(PROBLEM);
				assertThat(response.header("Retry-After")).isNotNull();
				assertThat(response.json().get("status").asInt()).isEqualTo(503);
			});
		}
		finally {
			this.stack.instances().forEach(this.stack::startInstance);
		}
		eventually().untilAsserted(() -> assertThat(this.site.get("/api/notices").status()).isEqualTo(200));
	}

	@Test
	void dataIsKeptWhenEverythingIsRestarted() {
		String title = unique("kept");
		long id = post(title).json().get("id").asLong();
		this.stack.restartAll();
		eventually().untilAsserted(() -> {
			SiteResponse read = this.site.get("/api/notices/" + id);
			assertThat(read.status()).isEqualTo(200);
			assertThat(read.json().get("title").asString()).isEqualTo(title);
		});
		eventually().untilAsserted(() -> assertThat(this.site.get("/api/notices/" + id).route().nodes())
			.containsExactly(this.stack.replica()));
	}

	static Stream<Arguments> badRequests() {
		return Stream.of(Arguments.of("malformed JSON", "POST", "/api/notices", "{\"title\": ", 400),
				Arguments.of("wrong type", "POST", "/api/notices", "{\"title\": [], \"body\": {}}", 400),
				Arguments.of("over-long field", "POST", "/api/notices",
						"{\"title\": \"" + "x".repeat(5000) + "\", \"body\": \"b\"}", 422),
				Arguments.of("missing field", "POST", "/api/notices", "{\"body\": \"b\"}", 422),
				Arguments.of("not a number", "GET", "/api/notices/one", "", 400),
				Arguments.of("unknown notice", "GET", "/api/notices/9223372036854775807", "", 404),
				Arguments.of("unknown path", "GET", "/no/such/path", "", 404),
				Arguments.of("wrong method", "PATCH", "/api/notices/1", "{}", 405),
				Arguments.of("unknown sort key", "GET", "/api/notices?sort=password", "", 400),
				Arguments.of("instance's readiness from outside", "GET", "/readyz", "", 404),
				Arguments.of("instance's actuator from outside", "GET", "/actuator/health", "", 404));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("badRequests")
	void problemIsReturnedWhenARequestIsInvalid(String what, String method, String path, String body, int status) {
		HttpRequest.Builder request = this.site.signedRequest(path)
			.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
		if (!body.isEmpty()) {
			request.header("Content-Type", "application/json");
		}
		SiteResponse response = this.site.send(request.build());
		assertThat(response.status()).as("%s", response).isEqualTo(status);
		assertThat(response.header("Content-Type")).startsWith(PROBLEM);
		assertThat(response.json().get("status").asInt()).isEqualTo(status);
		assertThat(response.json().get("title").asString()).isNotBlank();
		assertThat(response.body()).doesNotContain("Exception", "com.foobar", "SELECT ");
		assertThat(response.header("X-Request-Id")).isNotBlank();
	}

	@Test
	void requestIdIsReturnedWhenTheClientSendsOne() {
		SiteResponse response = this.site
			.send(this.site.request("/api/notices").header("X-Request-Id", "drill-42").build());
		assertThat(response.header("X-Request-Id")).isEqualTo("drill-42");
	}

	final SiteResponse post(String title) {
		return this.site.post("/api/notices", Map.of("title", title, "body", "Posted by a test."));
	}

	private Set<String> respondingInstances() {
		Set<String> instances = new TreeSet<>();
		for (int i = 0; i < 2 * this.stack.instances().size(); i++) {
			String instance = this.site.get("/api/notices?size=1").route().instance();
			if (instance != null) {
				instances.add(instance);
			}
		}
		return instances;
	}

	static String unique(String what) {
		return what + " " + UUID.randomUUID();
	}

	/**
	 * Long enough for a container to start on a busy machine; no test waits for all of
	 * it.
	 */
	static ConditionFactory eventually() {
		return await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(200)).ignoreExceptions();
	}

}
