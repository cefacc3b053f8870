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

import com.foobar.system.Site.Answer;
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
 * What the stack promises whoever stands outside, in whichever form it runs. Each test
 * starts from a stack in which every part works, and may break it: the next one waits
 * until it has healed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StackContract {

	private static final String PROBLEM = "application/problem+json";

	private static final Duration A_WHILE = Duration.ofMillis(20);

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
		soon().untilAsserted(() -> this.site.join("Tester"));
	}

	@AfterAll
	void stopStack() {
		if (this.stack != null) {
			this.stack.close();
		}
	}

	@BeforeEach
	void everythingWorks() {
		soon().untilAsserted(() -> {
			assertThat(answeringInstances()).containsExactlyInAnyOrderElementsOf(this.stack.instances());
			assertThat(this.site.get("/api/notices?size=1").route().nodes()).containsExactly(this.stack.replica());
			assertThat(post("All is well").status()).isEqualTo(201);
		});
	}

	@Test
	void noticePostedThroughTheGatewayIsOnTheReplicaAndIsReadFromThere() {
		String title = unique("written on the primary");
		// A fresh sign-in is not looked up, which would ask another node.
		this.site.join("Writer");
		Answer posted = post(title);
		assertThat(posted.status()).as("%s", posted).isEqualTo(201);
		assertThat(posted.route().nodes()).containsExactly(this.stack.primary());
		long id = posted.json().get("id").asLong();
		soon().untilAsserted(
				() -> assertThat(this.stack.queryReplica("SELECT title FROM foobar.notices WHERE id = " + id))
					.containsExactly(title));
		Answer read = this.site.get("/api/notices/" + id);
		assertThat(read.status()).isEqualTo(200);
		assertThat(read.json().get("title").asString()).isEqualTo(title);
		assertThat(read.route().nodes()).containsExactly(this.stack.replica());
		assertThat(read.route().gateway()).isTrue();
	}

	@Test
	void instancesAnswerInTurn() {
		int rounds = 10;
		int requests = rounds * this.stack.instances().size();
		List<String> answered = IntStream.range(0, requests)
			.mapToObj((i) -> this.site.get("/api/notices?size=1").route().instance())
			.toList();
		for (String instance : this.stack.instances()) {
			assertThat(answered).filteredOn(instance::equals).hasSize(rounds);
		}
		assertThat(answered).allSatisfy((instance) -> assertThat(instance).isNotNull());
		for (int i = 1; i < answered.size(); i++) {
			assertThat(answered.get(i)).isNotEqualTo(answered.get(i - 1));
		}
	}

	@Test
	void whoeverHasWrittenReadsItAtOnceOnWhicheverInstanceAlthoughTheReplicaIsBehind() {
		this.stack.delayReplica(Duration.ofSeconds(3));
		try {
			for (int i = 0; i < 2 * this.stack.instances().size(); i++) {
				String title = unique("my own");
				Answer posted = post(title);
				assertThat(posted.status()).as("%s", posted).isEqualTo(201);
				String carrier = i % 2 == 0 ? "Read-After" : "Cookie";
				String written = i % 2 == 0 ? posted.header("Read-After") : posted.cookie("read_after");
				assertThat(written).as("%s", posted).isNotBlank();
				for (int read = 0; read < this.stack.instances().size(); read++) {
					Answer answer = this.site.send(this.site.request("/api/notices/" + posted.json().get("id").asLong())
						.header(carrier, written)
						.build());
					assertThat(answer.status()).as("%s", answer).isEqualTo(200);
					assertThat(answer.json().get("title").asString()).isEqualTo(title);
				}
				// Whoever has written nothing need not wait, nor burden the primary.
				assertThat(this.site.get("/api/notices?size=1").route().nodes()).containsExactly(this.stack.replica());
			}
		}
		finally {
			this.stack.delayReplica(Duration.ZERO);
		}
	}

	@Test
	void homePageListsNoticesAndShowsWhoAnswered() {
		String title = unique("<b>seen</b> on the page");
		assertThat(post(title).status()).isEqualTo(201);
		soon().untilAsserted(() -> {
			Answer page = this.site.page("/");
			assertThat(page.status()).isEqualTo(200);
			assertThat(page.body()).contains(title.replace("<", "&lt;").replace(">", "&gt;"))
				.doesNotContain(title)
				.contains(this.stack.replica())
				.containsAnyOf(this.stack.instances().toArray(String[]::new));
		});
	}

	@Test
	void plainHttpIsSentToHttpsForGood() {
		Site plain = new Site(this.stack.plainSite(), this.stack.certificateAuthority());
		Answer answer = plain.get("/api/notices?q=a%20b");
		assertThat(answer.status()).isEqualTo(308);
		assertThat(answer.header("Location")).isEqualTo(this.stack.site() + "/api/notices?q=a%20b");
	}

	@Test
	void instanceKilledUnderLoadCostsNoSafeRequest() {
		String victim = this.stack.instances().get(0);
		String survivor = this.stack.instances().get(1);
		Load load = Load.of(8, (client) -> this.site.get("/api/notices?size=5"), (answer) -> answer.status() == 200);
		try (load) {
			soon().until(() -> load.answeredBy(victim) > 200 && load.answeredBy(survivor) > 200);
			this.stack.killInstance(victim);
			long atDeath = load.answered();
			soon().until(() -> load.answered() > atDeath + 500);
			load.calm(A_WHILE);
			long withoutVictim = load.answeredBy(victim);
			this.stack.startInstance(victim);
			soon().until(() -> load.answeredBy(victim) > withoutVictim + 200);
		}
		assertThat(load.failures()).as("failed requests of %d", load.answered()).isEmpty();
	}

	@Test
	void readsGoOnFromThePrimaryWhileTheReplicaIsGoneAndReturnToIt() {
		String title = unique("before the replica went");
		long id = post(title).json().get("id").asLong();
		Load load = Load.of(4, (client) -> this.site.get("/api/notices?size=5"), (answer) -> answer.status() == 200);
		try (load) {
			soon().until(() -> load.answered() > 100);
			this.stack.stopReplica();
			soon().untilAsserted(() -> {
				Answer read = this.site.get("/api/notices/" + id);
				assertThat(read.status()).isEqualTo(200);
				assertThat(read.route().nodes()).containsExactly(this.stack.primary());
			});
			assertThat(post(unique("while the replica is gone")).status()).isEqualTo(201);
			load.calm(A_WHILE);
			this.stack.startReplica();
			soon().untilAsserted(() -> assertThat(this.site.get("/api/notices/" + id).route().nodes())
				.containsExactly(this.stack.replica()));
		}
		assertThat(load.failures()).as("failed requests of %d", load.answered()).isEmpty();
	}

	@Test
	void readsGoOnAndWritesPauseWhileThePrimaryIsGoneAndNothingAcknowledgedIsLost() {
		Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
		Load reading = Load.of(4, (client) -> this.site.get("/api/notices?size=5"), (answer) -> answer.status() == 200);
		Load writing = Load.of(4, (client) -> {
			String title = unique("acknowledged");
			Answer answer = post(title);
			if (answer.status() == 201) {
				acknowledged.add(title);
			}
			return answer;
		}, (answer) -> answer.status() == 201 || isWritingPaused(answer));
		try (reading; writing) {
			soon().until(() -> acknowledged.size() > 50 && reading.answered() > 100);
			this.stack.stopPrimary();
			soon().untilAsserted(() -> assertThat(isWritingPaused(post(unique("refused")))).isTrue());
			long readBefore = reading.answered();
			soon().until(() -> reading.answered() > readBefore + 200);
			Answer read = this.site.get("/api/notices?size=1");
			assertThat(read.route().nodes()).containsExactly(this.stack.replica());
			int beforeReturn = acknowledged.size();
			reading.calm(A_WHILE);
			writing.calm(A_WHILE);
			this.stack.startPrimary();
			soon().until(() -> acknowledged.size() > beforeReturn + 50);
		}
		assertThat(reading.failures()).as("failed reads of %d", reading.answered()).isEmpty();
		assertThat(writing.failures()).as("writes that were neither accepted nor put off, of %d", writing.answered())
			.isEmpty();
		assertThat(titles(this.stack.queryPrimary(ACKNOWLEDGED))).containsAll(acknowledged);
		soon().untilAsserted(() -> assertThat(titles(this.stack.queryReplica(ACKNOWLEDGED))).containsAll(acknowledged));
	}

	private static final String ACKNOWLEDGED = "SELECT title FROM foobar.notices WHERE title LIKE 'acknowledged %'";

	private static Set<String> titles(List<String> rows) {
		return new TreeSet<>(rows);
	}

	private static boolean isWritingPaused(Answer answer) {
		return answer.status() == 503 && answer.header("Retry-After") != null
				&& PROBLEM.equals(answer.header("Content-Type"));
	}

	@Test
	void withoutAnyInstanceTheGatewayAnswersWithAProblemThatSaysWhenToRetry() {
		this.stack.instances().forEach(this.stack::killInstance);
		try {
			soon().untilAsserted(() -> {
				Answer answer = this.site.get("/api/notices");
				assertThat(answer.status()).as("%s", answer).isEqualTo(503);
				assertThat(answer.header("Content-Type")).startsWith(PROBLEM);
				assertThat(answer.header("Retry-After")).isNotNull();
				assertThat(answer.json().get("status").asInt()).isEqualTo(503);
			});
		}
		finally {
			this.stack.instances().forEach(this.stack::startInstance);
		}
		soon().untilAsserted(() -> assertThat(this.site.get("/api/notices").status()).isEqualTo(200));
	}

	@Test
	void allDataIsThereAfterEverythingWasRestarted() {
		String title = unique("kept");
		long id = post(title).json().get("id").asLong();
		this.stack.restartEverything();
		soon().untilAsserted(() -> {
			Answer read = this.site.get("/api/notices/" + id);
			assertThat(read.status()).isEqualTo(200);
			assertThat(read.json().get("title").asString()).isEqualTo(title);
		});
		soon().untilAsserted(() -> assertThat(this.site.get("/api/notices/" + id).route().nodes())
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
	void whatIsWrongWithARequestIsToldAsAProblem(String what, String method, String path, String body, int status) {
		HttpRequest.Builder request = this.site.signedRequest(path)
			.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
		if (!body.isEmpty()) {
			request.header("Content-Type", "application/json");
		}
		Answer answer = this.site.send(request.build());
		assertThat(answer.status()).as("%s", answer).isEqualTo(status);
		assertThat(answer.header("Content-Type")).startsWith(PROBLEM);
		assertThat(answer.json().get("status").asInt()).isEqualTo(status);
		assertThat(answer.json().get("title").asString()).isNotBlank();
		assertThat(answer.body()).doesNotContain("Exception", "com.foobar", "SELECT ");
		assertThat(answer.header("X-Request-Id")).isNotBlank();
	}

	@Test
	void requestIdIsPassedThrough() {
		Answer answer = this.site.send(this.site.request("/api/notices").header("X-Request-Id", "drill-42").build());
		assertThat(answer.header("X-Request-Id")).isEqualTo("drill-42");
	}

	final Answer post(String title) {
		return this.site.post("/api/notices", Map.of("title", title, "body", "Posted by a test."));
	}

	private Set<String> answeringInstances() {
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

	/** Long enough for a container to start on a busy machine; nothing waits it out. */
	static ConditionFactory soon() {
		return await().atMost(Duration.ofMinutes(3)).pollInterval(Duration.ofMillis(200)).ignoreExceptions();
	}

}
