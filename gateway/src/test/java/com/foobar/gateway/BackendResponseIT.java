package com.foobar.gateway;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import static com.foobar.gateway.RawBackend.PAUSE;
import static com.foobar.gateway.RawBackend.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Each client gets its own response, whatever the backend sends before or after it.
 */
class BackendResponseIT {

	private static final String EARLY_HINTS = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n";

	private static final String PROCESSING = "HTTP/1.1 102 Processing\r\n\r\n";

	private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

	private static RawBackend backend;

	private static TestGateway gateway;

	@BeforeAll
	static void start(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		backend = new RawBackend((request) -> List.of(ok("nothing")));
		gateway = new TestGateway(certificates, backend.url());
		gateway.awaitBackends("UP", 1);
	}

	@AfterAll
	static void stop() {
		gateway.close();
		backend.close();
	}

	static Stream<Arguments> informational() {
		return Stream
			.of(List.of(EARLY_HINTS, PAUSE, "{}"), List.of(EARLY_HINTS + "{}"), List.of(PROCESSING, PAUSE, "{}"),
					List.of(PROCESSING + "{}"), List.of(CONTINUE, PAUSE, "{}"),
					List.of(PROCESSING, PAUSE, PROCESSING + EARLY_HINTS, PAUSE, EARLY_HINTS + "{}"),
					List.of(EARLY_HINTS.substring(0, 20), PAUSE, EARLY_HINTS.substring(20) + "{}"),
					List.of(CONTINUE + PROCESSING + EARLY_HINTS + "{}"))
			.flatMap((parts) -> Stream.of("HTTP/1.1", "HTTP/2").map((version) -> Arguments.of(version, parts)));
	}

	@ParameterizedTest
	@MethodSource("informational")
	void anInformationalResponseIsNotTheFinalOne(String version, List<String> parts) {
		backend.respondWith(
				(request) -> parts.stream().map((part) -> part.replace("{}", ok("own " + request.target()))).toList());
		for (int i = 0; i < 4; i++) {
			TestGateway.Response response = get(version, "/one-by-one/" + i);
			assertThat(response.status()).isEqualTo(200);
			assertThat(response.body()).isEqualTo("own /one-by-one/" + i);
		}
		assertThat(together(version, 30)).allMatch((pair) -> pair.equals("200 own"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1", "HTTP/2" })
	void anInformationalResponseMayPrecedeAnyFinalOne(String version) {
		backend.respondWith((request) -> switch (request.target()) {
			case "/empty" -> List.of(EARLY_HINTS, PAUSE, "HTTP/1.1 204 No Content\r\n\r\n");
			case "/missing" -> List.of(EARLY_HINTS + "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
			case "/chunked" -> List.of(PROCESSING, PAUSE,
					"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\n");
			default -> List.of(ok("own"));
		});
		assertThat(get(version, "/empty").status()).isEqualTo(204);
		assertThat(get(version, "/missing").status()).isEqualTo(404);
		assertThat(get(version, "/chunked").body()).isEqualTo("body");
		assertThat(gateway.send("POST", "/post", "body").body()).isEqualTo("own");
		assertThat(gateway.send("HEAD", "/empty", null).status()).isEqualTo(204);
		assertThat(get(version, "/after").body()).isEqualTo("own");
	}

	static Stream<Arguments> surplus() {
		String other = ok("of nobody");
		return Stream.of(Arguments.of("a body with HEAD", "HEAD", ok("body")),
				Arguments.of("a body with 204", "GET", "HTTP/1.1 204 No Content\r\n\r\nbody"),
				Arguments.of("a body with 204 that has a length", "GET",
						"HTTP/1.1 204 No Content\r\nContent-Length: 4\r\n\r\nbody"),
				Arguments.of("a body with 304", "GET", "HTTP/1.1 304 Not Modified\r\nContent-Length: 4\r\n\r\nbody"),
				Arguments.of("more than its length", "GET", ok("body") + "surplus"),
				Arguments.of("one byte more", "GET", ok("body") + "x"),
				Arguments.of("an empty line more", "GET", ok("body") + "\r\n"),
				Arguments.of("more than no length", "GET", ok("") + "surplus"),
				Arguments.of("more than its chunks", "GET",
						"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nbody\r\n0\r\n\r\nsurplus"),
				Arguments.of("two responses", "GET", ok("body") + other),
				Arguments.of("a response with HEAD, and another", "HEAD", ok("") + other),
				Arguments.of("an informational response behind it", "GET", ok("body") + EARLY_HINTS));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("surplus")
	void surplusBytesCloseTheConnection(String name, String method, String response) {
		backend
			.respondWith((request) -> List.of(request.target().equals("/surplus") ? response : ok(request.target())));
		for (int i = 0; i < 5; i++) {
			assertThat(gateway.send(method, "/surplus", null).status()).isLessThan(400);
			assertThat(gateway.get("/other").body()).isEqualTo("/other");
			assertThat(gateway.http2("/another").body()).isEqualTo("/another");
		}
		assertThat(backend.connections()).as("targets on each connection")
			.allMatch((targets) -> targets.indexOf("/surplus") == -1
					|| targets.indexOf("/surplus") == targets.size() - 1);
		assertThat(gateway.management("/actuator/prometheus").body()).doesNotContain("outcome=\"unreadable\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "x", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nof nobody", EARLY_HINTS })
	void bytesOnAnIdleConnectionCloseIt(String late) {
		backend.respondWith((request) -> List.of(ok("first"), PAUSE, late));
		assertThat(gateway.get("/late").body()).isEqualTo("first");
		// Without a further request.
		await().untilAsserted(() -> assertThat(backend.open()).noneMatch((targets) -> targets.contains("/late")));
		backend.respondWith((request) -> List.of(ok("second")));
		assertThat(gateway.get("/next").body()).isEqualTo("second");
	}

	@Test
	void soundConnectionIsReused() {
		backend.respondWith((request) -> List.of(EARLY_HINTS + ok("own")));
		gateway.get("/warm");
		int before = backend.connections().size();
		for (int i = 0; i < 10; i++) {
			assertThat(gateway.get("/again").body()).isEqualTo("own");
		}
		// There are pools for each of the four event loops.
		assertThat(backend.connections()).hasSizeLessThan(before + 4);
	}

	private static TestGateway.Response get(String version, String path) {
		return version.equals("HTTP/2") ? gateway.http2(path) : gateway.get(path);
	}

	// Checks that each request got its own response.
	private static List<String> together(String version, int requests) {
		BiFunction<Integer, String, String> own = (number, body) -> body.equals("own /together/" + number) ? "own"
				: body;
		return Objects.requireNonNull(Flux.range(0, requests)
			.flatMap((number) -> Mono.fromCallable(() -> get(version, "/together/" + number))
				.subscribeOn(Schedulers.boundedElastic())
				.map((response) -> response.status() + " " + own.apply(number, response.body())), 10)
			.collectList()
			.block());
	}

}
