package com.foobar.web;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Seeds notices as described in the README: without a web server.
 */
class SeedIT {

	@Test
	void insertsTheNoticesAndExits() {
		try (ReplicatedDatabase database = new ReplicatedDatabase();
				ConfigurableApplicationContext context = RunningSite.start(database.settings(),
						"spring.main.web-application-type=none", "foobar.seed-notices=1234")) {
			await().atMost(Duration.ofMinutes(1)).until(() -> !context.isActive());
			assertThat(database.queryPrimary("SELECT COUNT(*) FROM foobar.notices")).isEqualTo("1234");
			assertThat(database.queryPrimary("SELECT COUNT(DISTINCT author_id) FROM foobar.notices")).isEqualTo("50");
		}
	}

}
