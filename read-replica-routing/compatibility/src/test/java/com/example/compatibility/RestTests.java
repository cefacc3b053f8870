package com.example.compatibility;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.UUID;

import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.quartz.autoconfigure.QuartzAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring Data REST: two clients change different fields of one row within the lag.
 */
class RestTests {

	@Test
	void patchKeepsWhatAnotherClientHasWritten() throws Exception {
		assertThat(patchTwoFields("by-request")).isEqualTo("new red");
	}

	@Test
	void patchLosesItIfRepositoriesReadOnReplicas() throws Exception {
		assertThat(patchTwoFields("replica")).isEqualTo("old red");
	}

	@Test
	void patchOfAVersionedEntityIsRefusedThen() throws Exception {
		try (ConfigurableApplicationContext context = start("replica")) {
			VersionedNote note = new VersionedNote();
			note.setText("old");
			long id = context.getBean(VersionedNoteRepository.class).save(note).getId();
			Servers.standStill();
			assertThat(patch(context, "/versionedNotes/" + id, "{\"text\": \"first\"}")).isEqualTo(200);
			assertThat(patch(context, "/versionedNotes/" + id, "{\"text\": \"second\"}")).isEqualTo(409);
		}
	}

	private static String patchTwoFields(String repositoryReads) throws Exception {
		try (ConfigurableApplicationContext context = start(repositoryReads)) {
			Note note = new Note();
			note.setText("old");
			note.setColour(UUID.randomUUID().toString().substring(0, 8));
			long id = context.getBean(NoteRepository.class).save(note).getId();
			Servers.standStill();
			assertThat(patch(context, "/notes/" + id, "{\"text\": \"new\"}")).isEqualTo(200);
			assertThat(patch(context, "/notes/" + id, "{\"colour\": \"red\"}")).isEqualTo(200);
			return context.getBean(JdbcClient.class)
				.sql("SELECT CONCAT(text, ' ', colour) FROM note WHERE id = ?")
				.param(id)
				.query(String.class)
				.single();
		}
	}

	private static ConfigurableApplicationContext start(String repositoryReads) {
		Servers.application();
		return Servers.start(WebApplicationType.SERVLET, Rest.class,
				"--read-replica-routing.repository-reads=" + repositoryReads, "--db-scheduler.enabled=false",
				"--jobrunr.background-job-server.enabled=false", "--jobrunr.job-scheduler.enabled=false");
	}

	private static int patch(ConfigurableApplicationContext context, String path, String body) throws Exception {
		String port = context.getEnvironment().getProperty("local.server.port");
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
			.header("Content-Type", "application/merge-patch+json")
			.header("Accept", "application/json")
			.method("PATCH", HttpRequest.BodyPublishers.ofString(body))
			.build();
		return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration(exclude = { FlywayAutoConfiguration.class, QuartzAutoConfiguration.class })
	static class Rest {

	}

}
