package com.foobar.gateway;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static com.foobar.gateway.RawBackend.ok;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Invalid responses of a backend.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnreadableResponseIT {

	private static final String OK = "HTTP/1.1 200 OK\r\n";

	private static final String CHUNKED = OK + "Transfer-Encoding: chunked\r\n\r\n";

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

	static Stream<Arguments> unreadable() {
		return Stream.of(of("too many headers", OK + "X-Long: " + "x".repeat(40_000) + "\r\n\r\n"),
				of("too long a status line", "HTTP/1.1 200 " + "x".repeat(10_000) + "\r\n\r\n"),
				of("no HTTP", "220 mail.example.org ESMTP\r\n\r\n"), of("bytes", "\u0000\u0001\u0002\r\n\r\n"),
				of("another protocol", "SSH-2.0-x\r\n"),
				of("two lengths", OK + "Content-Length: 2\r\nContent-Length: 3\r\n\r\nabc"),
				of("a length twice", OK + "Content-Length: 2\r\nContent-Length: 2\r\n\r\nab"),
				of("a list of lengths", OK + "Content-Length: 2, 3\r\n\r\nabc"),
				of("a negative length", OK + "Content-Length: -1\r\n\r\n"),
				of("a length that is no number", OK + "Content-Length: two\r\n\r\nab"),
				of("a length and chunks",
						OK + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"),
				of("chunks in HTTP/1.0", "HTTP/1.0 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n"),
				of("a chunk without a size", CHUNKED + "xyz\r\nab\r\n0\r\n\r\n"),
				of("a chunk that goes on", CHUNKED + "2\r\nabcd\r\n0\r\n\r\n"),
				of("a chunk of negative size", CHUNKED + "-2\r\nab\r\n0\r\n\r\n"),
				of("a control character", OK + "X-Control: a\u0001b\r\nContent-Length: 0\r\n\r\n"),
				of("a null character", OK + "X-Null: a\u0000b\r\nContent-Length: 0\r\n\r\n"),
				of("white space in a name", OK + "Bad Name: x\r\nContent-Length: 0\r\n\r\n"),
				of("a tab in a name", OK + "Bad\tName: x\r\nContent-Length: 0\r\n\r\n"),
				of("white space before the first name", OK + " Bad: x\r\nContent-Length: 0\r\n\r\n"),
				of("white space in the name of a trailer", CHUNKED + "2\r\nab\r\n0\r\nBad Name: x\r\n\r\n"),
				of("no name", OK + ": x\r\nContent-Length: 0\r\n\r\n"),
				of("no colon", OK + "Nothing\r\nContent-Length: 0\r\n\r\n"),
				of("a status of letters", "HTTP/1.1 abc OK\r\nContent-Length: 0\r\n\r\n"),
				of("a status of two digits", "HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n"),
				of("a status of four digits", "HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n"),
				of("an unrequested protocol switch",
						"HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: irc\r\n\r\n"),
				of("an informational response, and bytes", "HTTP/1.1 103 Early Hints\r\n\r\nxyz\r\n\r\n"));
	}

	private static Arguments of(String name, String response) {
		return Arguments.of(name, response);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("unreadable")
	void invalidResponseGives502(String name, String response, CapturedOutput output) {
		backend.respondWith((request) -> List.of(response));
		double before = count(gateway, "unreadable");
		for (TestGateway.Response received : List.of(gateway.get("/bad"), gateway.http2("/bad"))) {
			assertThat(received.status()).isEqualTo(502);
			assertThat(received.header("Content-Type")).isEqualTo("application/problem+json");
			assertThat(received.body()).contains("cannot be read");
		}
		assertThat(count(gateway, "unreadable")).isEqualTo(before + 2);
		assertThat(output.getAll().lines().filter((line) -> line.contains("unreadable response"))).hasSize(2)
			.allMatch((line) -> line.contains("WARN"))
			.allMatch((line) -> line.chars().allMatch((character) -> character == '\t' || character >= ' '));
		assertThat(output.getAll()).doesNotContain("\tat ");
		// The next request uses a connection that is not affected.
		backend.respondWith((request) -> List.of(ok("good")));
		assertThat(gateway.get("/good").body()).isEqualTo("good");
	}

	@Test
	void whitespaceBeforeTheColonIsRemoved() {
		backend.respondWith(
				(request) -> List.of(OK + "X-Spaced : a b\r\nX-Folded: a\r\n  b\r\nContent-Length: 0\r\n\r\n"));
		TestGateway.Response response = gateway.get("/spaced");
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.header("X-Spaced")).isEqualTo("a b");
		assertThat(response.header("X-Folded")).isEqualTo("a b");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("unreadable")
	void unsafeRequestIsNotRetriedAfterAnInvalidResponse(String name, String response) {
		backend.respondWith((request) -> List.of(response));
		int before = backend.requests();
		assertThat(gateway.send("POST", "/bad", "body").status()).isEqualTo(502);
		assertThat(backend.requests() - before).isEqualTo(1);
	}

	/** Attempts with an outcome, at all backends. */
	static double count(TestGateway gateway, String outcome) {
		return gateway.management("/actuator/prometheus")
			.body()
			.lines()
			.filter((line) -> line.startsWith("gateway_backend_attempts_seconds_count")
					&& line.contains("outcome=\"" + outcome + "\""))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.sum();
	}

}
