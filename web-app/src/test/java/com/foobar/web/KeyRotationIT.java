package com.foobar.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.context.ConfigurableApplicationContext;

import com.foobar.web.SiteClient.Response;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Rotates the session keys of two running instances as deploy/README.md describes: the
 * file is changed and the instances are restarted one by one.
 */
class KeyRotationIT {

	private static final String OLD = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

	/** As {@code base64} writes it, with padding. */
	private static final String NEW = "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBA=";

	private static final String NOTICE = "{\"title\":\"Still here\",\"body\":\"signed in\"}";

	@TempDir
	@SuppressWarnings("NullAway.Init")
	private Path secrets;

	@Test
	void sessionsStayValidUntilTheOldKeyIsRemoved() throws IOException {
		try (ReplicatedDatabase database = new ReplicatedDatabase()) {
			keys(OLD);
			Instance first = new Instance(database);
			Instance second = new Instance(database);
			try {
				String old = first.site().join("Ada").session();

				keys(OLD + "\n" + NEW + "\n");
				first.restart();
				assertSignedIn(old, first, second);
				second.restart();
				assertSignedIn(old, first, second);

				keys(NEW + "\n" + OLD + "\n");
				first.restart();
				String fresh = first.site().join("Bob").session();
				assertThat(fresh).isNotEqualTo(old);
				assertSignedIn(old, first, second);
				assertSignedIn(fresh, first, second);
				second.restart();
				assertSignedIn(old, first, second);
				assertSignedIn(fresh, first, second);
				String renewed = second.site().with(old).get("/").cookie("session");
				assertThat(renewed).as("renewed with the new key while it is used").isNotEmpty();

				keys(NEW + "\n");
				first.restart();
				assertRefused(old, first);
				assertSignedIn(renewed, first, second);
				second.restart();
				assertRefused(old, second);
				assertSignedIn(renewed, first, second);
				assertSignedIn(fresh, first, second);
			}
			finally {
				first.stop();
				second.stop();
			}
		}
	}

	private static void assertSignedIn(String session, Instance... instances) {
		for (Instance instance : instances) {
			assertThat(instance.site().with(session).postJson("/api/notices", NOTICE).status()).isEqualTo(201);
		}
	}

	private static void assertRefused(String session, Instance instance) {
		Response refused = instance.site().with(session).postJson("/api/notices", NOTICE);
		assertThat(refused.status()).isEqualTo(401);
		assertThat(refused.header("Set-Cookie")).contains("session=;").contains("Max-Age=0");
	}

	private void keys(String text) throws IOException {
		Path next = Files.writeString(this.secrets.resolve("next"), text);
		Files.move(next, this.secrets.resolve("foobar.session.keys"), StandardCopyOption.REPLACE_EXISTING);
	}

	/**
	 * An instance of the site, which reads its secrets at its start.
	 */
	private final class Instance {

		private final ReplicatedDatabase database;

		private ConfigurableApplicationContext context;

		private Instance(ReplicatedDatabase database) {
			this.database = database;
			this.context = start();
		}

		private ConfigurableApplicationContext start() {
			// Each request reads the member and renews the cookie.
			return RunningSite.start(this.database.singleDatabaseSettings(), "foobar.session.validation-interval=1ms",
					"spring.config.import=configtree:" + KeyRotationIT.this.secrets + "/");
		}

		SiteClient site() {
			return RunningSite.client(this.context);
		}

		void restart() {
			stop();
			this.context = start();
		}

		void stop() {
			this.context.close();
		}

	}

}
