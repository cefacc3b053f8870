package com.foobar.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Request targets and headers that the gateway forwards, and those that only a direct
 * client can send.
 */
class RequestLineIT {

	@SuppressWarnings("NullAway.Init")
	private static ReplicatedDatabase database;

	@SuppressWarnings("NullAway.Init")
	private static ConfigurableApplicationContext context;

	@BeforeAll
	static void start() {
		database = new ReplicatedDatabase();
		context = RunningSite.start(database.singleDatabaseSettings());
	}

	@AfterAll
	static void stop() {
		context.close();
		database.close();
	}

	private static String get(String target, String headers) throws IOException {
		int port = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer(), "web server")
			.getPort();
		try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream()
				.write(("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "\r\n")
					.getBytes(StandardCharsets.ISO_8859_1));
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
		}
	}

	@ParameterizedTest
	@CsvSource({ "/api/notices?q=a%7Cb, 200", "/api/notices?q=%7B%7D%5E%60, 200", "/api/notices?q=100%25, 200",
			"/api/notices?q=%5B%5D%5C, 200", "/api/notices?q=%22%3C%3E, 200", "/api/notices?q=%C3%A9, 200",
			"/api/notices?q=%E9, 400", "/x%7Cy, 404", "/%5Bx%5D, 404", "/%7Bx%7D, 404", "/100%25, 400", "/%C3%A9, 404",
			"/%E9, 400", "/%5C, 400" })
	void acceptsTargetsThatTheGatewayEncodes(String target, int status) throws IOException {
		assertThat(get(target, "")).startsWith("HTTP/1.1 " + status + " ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/notices?q=a|b", "/api/notices?q={}", "/api/notices?q=^", "/api/notices?q=[]", "/x|y",
			"/[x]", "/100%", "/api/notices?q=\u00c3\u00a9", "/\u00c3\u00a9", "/x#y" })
	void rejectsTargetsThatAreNotEncoded(String target) throws IOException {
		String response = get(target, "");
		assertThat(response).startsWith("HTTP/1.1 400 ").contains("application/problem+json");
	}

	// The gateway's default limit, plus the headers that it adds.
	@Test
	void acceptsTheHeadersOfTheGateway() throws IOException {
		String cookie = "Cookie: c=" + "x".repeat(16_300) + "\r\n";
		String added = "X-Added: " + "x".repeat(3000) + "\r\n";
		assertThat(get("/api/notices?q=" + "x".repeat(100) + "&r=" + "x".repeat(8000), cookie + added))
			.startsWith("HTTP/1.1 200 ");
	}

	@Test
	void acceptsManyHeaders() throws IOException {
		assertThat(get("/api/notices", "a: b\r\n".repeat(3000))).startsWith("HTTP/1.1 200 ");
	}

}
