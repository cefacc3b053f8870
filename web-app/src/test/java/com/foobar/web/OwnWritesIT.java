package com.foobar.web;

import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import com.foobar.web.SiteClient.Response;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A member sees a notice immediately after posting it, on every instance, although the
 * replica lacks it.
 */
class OwnWritesIT {

	@Test
	void noticeIsVisibleOnTheOtherInstanceWhileReplicationIsStopped() {
		try (ReplicatedDatabase database = new ReplicatedDatabase();
				ConfigurableApplicationContext first = start(database);
				ConfigurableApplicationContext second = start(database)) {
			SiteClient one = RunningSite.client(first).join("Ada");
			SiteClient two = RunningSite.client(second);
			database.servers.awaitCaughtUp();
			await().until(() -> two.get("/api/notices").header("Server-Timing").contains("mariadb-replica-1"));

			database.servers.replica(0).stopReplication();

			Response posted = one.postForm("/notices", "title=Just+now&body=Seen+at+once");
			assertThat(posted.status()).isEqualTo(303);
			String written = posted.cookie("read_after");
			assertThat(written).isNotEmpty();
			Response page = two.with(one.session() + "; " + written).get("/");
			assertThat(page.body()).contains("Just now");
			assertThat(page.header("Server-Timing")).contains("mariadb-primary");

			Response created = one.postJson("/api/notices", "{\"title\":\"By program\",\"body\":\"b\"}");
			Response read = two.get(created.header("Location"), "Read-After", created.header("Read-After"));
			assertThat(read.status()).isEqualTo(200);

			database.servers.replica(0).startReplication();
			database.servers.awaitCaughtUp();
			await().until(() -> two.get(created.header("Location"), "Read-After", created.header("Read-After"))
				.header("Server-Timing")
				.contains("mariadb-replica-1"));
		}
	}

	private static ConfigurableApplicationContext start(ReplicatedDatabase database) {
		return RunningSite.start(database.settings(), "foobar.server-timing=true",
				"foobar.session.keys=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
	}

}
