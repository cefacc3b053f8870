package com.foobar.gateway;

import java.io.IOException;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * How request targets are normalized: a backend gets a path of valid URI characters and
 * one host.
 */
class RequestTargetIT extends RecordingContract {

	static Stream<Arguments> targets() {
		return Stream.of(arguments("/a?q=a|b", "/a?q=a%7Cb"), arguments("/a|b", "/a%7Cb"),
				arguments("/{x}?{y}", "/%7Bx%7D?%7By%7D"), arguments("/^?^", "/%5E?%5E"),
				arguments("/[a]?b[]=c", "/%5Ba%5D?b%5B%5D=c"), arguments("/100%", "/100%25"),
				arguments("/a?q=100%&r=%4", "/a?q=100%25&r=%254"), arguments("/%zz%u0041", "/%25zz%25u0041"),
				arguments("/\"<>`\\", "/%22%3C%3E%60%5C"), arguments("/\u00c3\u00a9?\u00c3\u00a9", "/%C3%A9?%C3%A9"),
				arguments("/\u00e9\u00ff", "/%E9%FF"),
				// Valid targets stay unchanged, encoded or not.
				arguments("/%7C%7c%c3%a9%2F%00", "/%7C%7c%c3%a9%2F%00"),
				arguments("/a:b@c!$&'()*+,;=-._~?a=/?:@!$&'()*+,;", "/a:b@c!$&'()*+,;=-._~?a=/?:@!$&'()*+,;"),
				arguments("/?", "/?"), arguments("/a//b/../c?http://x", "/a//b/../c?http://x"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("targets")
	void forwardsTargetsThatBrowsersSend(String sent, String arrives) throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			client.send("GET " + sent + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
			assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200");
			assertThat(backend.received()).singleElement().asString().startsWith("GET " + arrives + " HTTP/1.1\r\n");
		}
		backend.forget();
		try (RawHttp2Client client = new RawHttp2Client(gateway.port())) {
			assertThat(client.exchange("GET", sent).status()).isEqualTo("200");
			assertThat(backend.received()).singleElement().asString().startsWith("GET " + arrives + " HTTP/1.1\r\n");
		}
	}

	@Test
	void forwardsHeaderBytesUnchanged() throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			client.send("GET / HTTP/1.1\r\nHost: localhost\r\nX-Name: \u00c3\u00a9 \u00ff\r\n\r\n");
			assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200");
			assertThat(backend.received()).singleElement().asString().contains("X-Name: \u00c3\u00a9 \u00ff\r\n");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/a#b", "/a?b#c", "/#", "#", "/a\u0000b", "/a\u007fb", "/a\u0001", "/a\u000bb" })
	void rejectsTargetsThatServersParseDifferently(String target) throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			client.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
			assertThat(client.readToEnd()).startsWith("HTTP/1.1 400").contains("application/problem+json");
		}
		try (RawHttp2Client client = new RawHttp2Client(gateway.port())) {
			assertThat(client.exchange("GET", target).status()).isIn("400", "reset");
		}
		assertThat(backend.received()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource({ "https://localhost/x?y, /x?y, localhost", "https://localhost, /, localhost",
			"https://localhost?x, /?x, localhost", "HTTPS://LocalHost/x, /x, LocalHost",
			"https://localhost:8443/x, /x, localhost:8443", "http://localhost/x, /x, localhost",
			"https://localhost//a/../b|, //a/../b%7C, localhost", "https://[::1]/x, /x, [::1]",
			// The target takes precedence over Host.
			"https://www.foobar.com/x, /x, www.foobar.com",
			"https://127.0.0.1/?u=http://a@b/, /?u=http://a@b/, 127.0.0.1" })
	void acceptsTheAbsoluteForm(String target, String path, String host) throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			client.send("GET " + target + " HTTP/1.1\r\nHost: localhost:1\r\n\r\n");
			assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200");
			assertThat(backend.received()).singleElement()
				.asString()
				.startsWith("GET " + path + " HTTP/1.1\r\n")
				.containsIgnoringCase("\r\nhost: " + host + "\r\n")
				.contains("X-Forwarded-Host: " + host + "\r\n")
				.doesNotContain("localhost:1\r\n");
		}
	}

	@Test
	void acceptsTheAbsoluteFormOfHttp10WithoutHost() throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			client.send("GET https://localhost/x HTTP/1.0\r\n\r\n");
			assertThat(client.readToEnd()).startsWith("HTTP/1.0 200");
			assertThat(backend.received()).singleElement().asString().startsWith("GET /x HTTP/1.1\r\n");
		}
	}

	@ParameterizedTest
	@CsvSource({ "https://evil.com/, 421", "https://localhost.evil.com/, 421", "https://user@localhost/, 400",
			"https://evil.com@localhost/, 400", "https://localhost@evil.com/, 400", "https:///x, 400",
			"https://:443/x, 400", "https://localhost\\@evil.com/, 400", "https://local%68ost/, 400",
			"https://localhost:443:80/, 4", "https://localhost:99999/, 4", "https://localhost#/x, 400",
			"https://localhost/x#y, 400", "ftp://localhost/, 400", "localhost/x, 400", "localhost:443, 400", "x, 400",
			"https:/localhost/x, 400", "//https://localhost/x/../../../readyz, 404", "https://localhost/readyz, 404",
			"https://localhost/x/../actuator, 404", "https://localhost\u00e9/, 400" })
	void rejectsAbsoluteFormsOfOtherHosts(String target, String status) throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			client.send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
			assertThat(client.readToEnd()).startsWith("HTTP/1.1 " + status).contains("application/problem+json");
			assertThat(backend.received()).isEmpty();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Host: localhost\r\nHost: localhost\r\n", "Host: localhost\r\nhost: evil.com\r\n" })
	void refusesTheAbsoluteFormUnlessThereIsOneHost(String hosts) throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			client.send("GET https://localhost/ HTTP/1.1\r\n" + hosts + "\r\n");
			assertThat(client.readToEnd()).startsWith("HTTP/1.1 400").contains("application/problem+json");
			assertThat(backend.received()).isEmpty();
		}
	}

	@Test
	void redirectUsesTheHostOfTheTarget() throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			client.send("GET https://foobar.com/x HTTP/1.1\r\nHost: localhost\r\n\r\n");
			assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 308")
				.containsIgnoringCase("location: https://www.foobar.com/x\r\n");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", "https://localhost" })
	void respondsToTheAsteriskForm(String target) throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			client.send("OPTIONS " + target + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
			assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 204")
				.containsIgnoringCase("\r\nallow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n")
				.contains("X-Request-Id: ", "X-Content-Type-Options: nosniff")
				.doesNotContainIgnoringCase("transfer-encoding");
			// The connection stays open.
			client.send("GET /next HTTP/1.1\r\nHost: localhost\r\n\r\n");
			assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200");
		}
		assertThat(backend.received()).singleElement().asString().startsWith("GET /next ");
	}

	@Test
	void respondsToTheAsteriskFormInHttp2() throws IOException {
		try (RawHttp2Client client = new RawHttp2Client(gateway.port())) {
			RawHttp2Client.Response response = client.exchange("OPTIONS", "*");
			assertThat(response.status()).isEqualTo("204");
			assertThat(response.headers().get("allow")).hasToString("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET *", "POST *", "OPTIONS **", "OPTIONS *x" })
	void rejectsTheAsteriskFormForOtherMethods(String line) throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			client.send(line + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
			assertThat(client.readToEnd()).startsWith("HTTP/1.1 400");
			assertThat(backend.received()).isEmpty();
		}
	}

	@Test
	void rejectsTheAsteriskFormForAnotherHost() throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			client.send("OPTIONS * HTTP/1.1\r\nHost: evil.com\r\n\r\n");
			assertThat(client.readToEnd()).startsWith("HTTP/1.1 421");
		}
	}

	@Test
	void decrementsMaxForwardsOfOptionsAndTrace() throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			client.send("OPTIONS /x HTTP/1.1\r\nHost: localhost\r\nMax-Forwards: 0\r\n\r\n");
			assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 204").containsIgnoringCase("\r\nallow: ");
			client.send("TRACE /x HTTP/1.1\r\nHost: localhost\r\nMax-Forwards: 0\r\nCookie: secret\r\n\r\n");
			assertThat(client.readUntil("}")).startsWith("HTTP/1.1 405")
				.containsIgnoringCase("\r\nallow: ")
				.doesNotContain("secret");
			assertThat(backend.received()).isEmpty();
			client.send("TRACE /x HTTP/1.1\r\nHost: localhost\r\nMax-Forwards: 7\r\n\r\n");
			assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200");
			assertThat(backend.received()).singleElement().asString().containsIgnoringCase("max-forwards: 6\r\n");
			backend.forget();
			client.send("GET /x HTTP/1.1\r\nHost: localhost\r\nMax-Forwards: 0\r\n\r\n");
			assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200");
			assertThat(backend.received()).singleElement().asString().containsIgnoringCase("max-forwards: 0\r\n");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Max-Forwards: x", "Max-Forwards: -1", "Max-Forwards: 1\r\nMax-Forwards: 0",
			"Max-Forwards: 99999999999999999999", "Max-Forwards: " })
	void rejectsInvalidMaxForwards(String header) throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			client.send("TRACE / HTTP/1.1\r\nHost: localhost\r\n" + header + "\r\n\r\n");
			assertThat(client.readToEnd()).startsWith("HTTP/1.1 400");
			assertThat(backend.received()).isEmpty();
		}
	}

	@Test
	void appendsItselfToVia() throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			client.send("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n").readUntil("\r\n\r\n");
			assertThat(backend.received()).singleElement().asString().contains("\r\nVia: 1.1 gateway\r\n");
			backend.forget();
			client.send("GET / HTTP/1.1\r\nHost: localhost\r\nVia: 1.0 fred\r\nVIA: 1.1 b\r\n\r\n")
				.readUntil("\r\n\r\n");
			assertThat(backend.received()).singleElement()
				.asString()
				.contains("\r\nVia: 1.0 fred, 1.1 b, 1.1 gateway\r\n");
		}
		backend.forget();
		try (RawHttp2Client client = new RawHttp2Client(gateway.port())) {
			client.exchange("GET", "/");
			assertThat(backend.received()).singleElement().asString().contains("\r\nVia: 2.0 gateway\r\n");
		}
	}

}
