package com.foobar.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import com.foobar.web.SiteClient.Response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * The site while the database or the site itself stops.
 */
class OutageIT {

	private static final String NOTICE = "{\"title\":\"Steady\",\"body\":\"as she goes\"}";

	@Test
	void readsContinueAndWritesAreRejectedWhileThePrimaryIsDown() {
		try (ReplicatedDatabase database = new ReplicatedDatabase();
				ConfigurableApplicationContext context = RunningSite.start(database.settings())) {
			SiteClient site = RunningSite.client(context).join("Ada");
			await().until(() -> site.get("/readyz").status() == 200);
			List<String> acknowledged = new ArrayList<>();
			acknowledged.add(site.postJson("/api/notices", NOTICE).header("Location"));
			database.servers.awaitCaughtUp();
			await().until(() -> !site.get("/readyz").body().contains("reason"));

			database.servers.primary().kill();

			long start = System.nanoTime();
			Response refused = site.postJson("/api/notices", NOTICE);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(6));
			assertThat(refused.status()).isEqualTo(503);
			assertThat(refused.header("Content-Type")).isEqualTo("application/problem+json");
			assertThat(refused.header("Retry-After")).isEqualTo("5");
			assertThat(site.get(acknowledged.get(0)).status()).isEqualTo(200);

			Response form = site.postForm("/notices", "title=Kept+title&body=Kept+body");
			assertThat(form.status()).isEqualTo(503);
			assertThat(form.header("Retry-After")).isEqualTo("5");
			assertThat(form.body()).contains("Writing is paused")
				.contains("value=\"Kept title\"")
				.contains(">Kept body</textarea>");

			await().untilAsserted(() -> {
				Response ready = site.get("/readyz");
				assertThat(ready.status()).isEqualTo(200);
				assertThat(ready.json().at("/components/database/details/reads").asBoolean()).isTrue();
				assertThat(ready.json().at("/components/database/details/writes").asBoolean(true)).isFalse();
				assertThat(ready.json().at("/components/database/details/reason").asString())
					.contains("mariadb-primary");
			});
			assertThat(site.get("/", "Accept", "text/html").body()).contains("Writing is paused");

			database.servers.primary().start();
			await().atMost(Duration.ofSeconds(30)).until(() -> {
				Response posted = site.postJson("/api/notices", NOTICE);
				if (posted.status() == 201) {
					acknowledged.add(posted.header("Location"));
				}
				return posted.status() == 201;
			});
			database.servers.awaitCaughtUp();
			assertThat(acknowledged).allSatisfy((path) -> assertThat(site.get(path).status()).isEqualTo(200));
		}
	}

	@Test
	void readsAreRetriedWhenTheReplicaBreaksEveryConnection() throws Exception {
		try (ReplicatedDatabase database = new ReplicatedDatabase();
				ConfigurableApplicationContext context = RunningSite.start(database.settings(),
						"foobar.server-timing=true")) {
			SiteClient site = RunningSite.client(context);
			await().until(() -> readsFrom(site, "mariadb-replica-1"));
			Queue<Integer> statuses = new ConcurrentLinkedQueue<>();
			AtomicBoolean enough = new AtomicBoolean();
			List<Thread> readers = Stream.generate(() -> new Thread(() -> {
				while (!enough.get()) {
					statuses.add(site.get("/api/notices").status());
				}
			})).limit(4).toList();
			readers.forEach(Thread::start);
			for (int round = 1; round <= 20; round++) {
				int before = statuses.size();
				await().until(() -> statuses.size() > before + 20);
				database.breakConnectionsToReplica();
			}
			enough.set(true);
			for (Thread reader : readers) {
				reader.join();
			}
			assertThat(statuses).containsOnly(200);
		}
	}

	private static boolean readsFrom(SiteClient site, String node) {
		return String.valueOf(site.get("/api/notices").header("Server-Timing")).contains(node);
	}

	@Test
	void isNotReadyWhenTheOnlyDatabaseIsDown() {
		try (ReplicatedDatabase database = new ReplicatedDatabase();
				ConfigurableApplicationContext context = RunningSite.start(database.singleDatabaseSettings(),
						"foobar.server-timing=true")) {
			SiteClient site = RunningSite.client(context).join("Ada");
			Response posted = site.postJson("/api/notices", NOTICE);
			assertThat(posted.header("Server-Timing")).contains("db;desc=\"127.0.0.1");
			await().untilAsserted(() -> {
				Response ready = site.get("/readyz");
				assertThat(ready.status()).as(ready.body()).isEqualTo(200);
			});

			database.servers.primary().kill();

			Response unready = site.get("/readyz");
			assertThat(unready.status()).isEqualTo(503);
			assertThat(unready.json().at("/components/database/details/reads").asBoolean(true)).isFalse();
			assertThat(site.get("/livez").status()).isEqualTo(200);
			Response refused = site.get("/api/notices");
			assertThat(refused.status()).isEqualTo(503);
			assertThat(refused.header("Retry-After")).isEqualTo("5");
			Response form = site.postForm("/notices", "title=Kept+title&body=Kept+body");
			assertThat(form.status()).isEqualTo(503);
			assertThat(form.body()).contains("value=\"Kept title\"").contains("cannot be read at the moment");
		}
	}

	@Test
	void servesRequestsForTheShutdownDelayAfterReadinessWasRefused() throws InterruptedException {
		try (ReplicatedDatabase database = new ReplicatedDatabase()) {
			ConfigurableApplicationContext context = RunningSite.start(database.singleDatabaseSettings(),
					"foobar.shutdown-delay=8s");
			SiteClient site = RunningSite.client(context).join("Ada");
			assertThat(site.get("/readyz").status()).isEqualTo(200);
			long start = System.nanoTime();
			Thread stopping = new Thread(context::close);
			stopping.start();
			await().pollInterval(Duration.ofMillis(20)).until(() -> site.get("/readyz").status() == 503);
			Response ready = site.get("/readyz");
			assertThat(ready.json().at("/status").asString()).isEqualTo("OUT_OF_SERVICE");
			assertThat(site.get("/api/notices").status()).isEqualTo(200);
			assertThat(site.postJson("/api/notices", NOTICE).status()).isEqualTo(201);
			stopping.join(Duration.ofSeconds(30).toMillis());
			assertThat(stopping.isAlive()).isFalse();
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(7900));
		}
	}

	@Test
	void missingDatabaseUrlIsReportedWithTheSetting() {
		assertThat(catchThrowable(() -> RunningSite.start(Map.of()).close()))
			.hasMessage("spring.datasource.url is not set");
	}

}
