package com.foobar.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

import com.foobar.web.SiteClient.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A server whose locale has other digits and another decimal separator. Output for
 * programs must not depend on it.
 */
class LocaleIT {

	private static final Locale BEFORE = Locale.getDefault();

	@SuppressWarnings("NullAway.Init")
	private static ReplicatedDatabase database;

	@SuppressWarnings("NullAway.Init")
	private static ConfigurableApplicationContext context;

	@SuppressWarnings("NullAway.Init")
	private static SiteClient site;

	@BeforeAll
	static void start() {
		Locale.setDefault(Locale.forLanguageTag("ar-EG"));
		database = new ReplicatedDatabase();
		context = RunningSite.start(database.settings(), "foobar.server-timing=true", "foobar.demo-content=true");
		site = RunningSite.client(context);
	}

	@AfterAll
	static void stop() {
		context.close();
		database.close();
		Locale.setDefault(BEFORE);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/?page=1&size=5", "/notices/1", "/notices/999", "/api/notices?size=2&page=1",
			"/api/notices/1", "/api/notices/999", "/api/notices?size=0", "/readyz" })
	void digitsAreAsciiInEveryLocale(String path) {
		Response response = site.get(path);
		assertThat(response.body() + response.response().headers().map()).containsPattern("[0-9]")
			.doesNotContainPattern("[\\p{Nd}&&[^0-9]]")
			.doesNotContain("\u066b");
	}

	@Test
	void pagesAreInOneLanguage() {
		assertThat(site.get("/", "Accept-Language", "de").header("Content-Language")).isEqualTo("en");
		Response refused = site.send("POST", "/api/members", "{\"name\":\"\",\"email\":\"x\",\"password\":\"\"}",
				"Content-Type", "application/json", "Accept-Language", "de");
		assertThat(refused.status()).isEqualTo(422);
		assertThat(refused.body()).contains("must").doesNotContain("muss", "darf");
	}

	@Test
	void requestRejectedByTomcatGetsAProblem() throws IOException {
		int port = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer(), "web server")
			.getPort();
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream()
				.write("GET /\\ HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.UTF_8));
			String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
			assertThat(response).startsWith("HTTP/1.1 400").contains("\"status\":400,");
		}
	}

}
