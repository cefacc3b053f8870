package com.foobar.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * How the gateway changes requests before it forwards them, and responses before it
 * returns them.
 */
class FrontendIT {

	private static TestBackend backend;

	private static TestGateway gateway;

	@BeforeAll
	static void start(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		backend = new TestBackend("only");
		gateway = new TestGateway(certificates, List.of(backend), "foobar.server-timing=true",
				"gateway.public-https-port=8443", "gateway.limits.body-size=1MB", "gateway.limits.header-timeout=1s",
				"gateway.hosts=www.foobar.com,localhost");
		gateway.awaitBackends("UP", 1);
	}

	@AfterAll
	static void stop() {
		gateway.close();
		backend.close();
	}

	@Test
	void forwardsTheClientAddress() {
		String seen = gateway.get("/headers", (headers) -> {
			headers.set("X-Forwarded-For", "6.6.6.6");
			headers.set("X-Forwarded-Host", "evil.com");
			headers.set("X-Forwarded-Prefix", "/evil");
			headers.set("Forwarded", "for=6.6.6.6");
			headers.set("X-Real-IP", "6.6.6.6");
			headers.set("X-Request-Id", "mine-1");
			headers.set("X-Other", "kept");
		}).body();
		assertThat(seen).doesNotContain("6.6.6.6", "evil")
			.contains("X-Forwarded-For: 127.0.0.1", "X-Forwarded-Proto: https",
					"X-Forwarded-Host: localhost:" + gateway.port(), "X-Forwarded-Port: " + gateway.port(),
					"Forwarded: for=127.0.0.1;host=\"localhost:" + gateway.port() + "\";proto=https",
					"X-Request-Id: mine-1", "X-Other: kept", "host: localhost:" + gateway.port());
	}

	@Test
	void returnsTheRequestId() {
		assertThat(gateway.get("/", (headers) -> headers.set("X-Request-Id", "abc.1")).header("X-Request-Id"))
			.isEqualTo("abc.1");
		assertThat(gateway.get("/", (headers) -> headers.set("X-Request-Id", "a b")).header("X-Request-Id"))
			.matches("[0-9a-f]{32}");
	}

	@Test
	void addsSecurityHeadersThatTheBackendDidNotSet() {
		TestGateway.Response plain = gateway.get("/");
		assertThat(plain.header("X-Content-Type-Options")).isEqualTo("nosniff");
		assertThat(plain.header("Referrer-Policy")).isEqualTo("strict-origin-when-cross-origin");
		assertThat(plain.header("X-Frame-Options")).isEqualTo("DENY");
		assertThat(plain.headers().contains("Strict-Transport-Security")).isFalse();
		TestGateway.Response own = gateway.get("/own-headers");
		assertThat(own.headers().getAll("X-Frame-Options")).containsExactly("SAMEORIGIN");
		assertThat(own.headers().getAll("Set-Cookie")).containsExactly("a=1", "b=2");
		assertThat(own.header("Server-Timing")).matches("gateway;dur=[0-9.]+, app;desc=\"only\"");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/livez", "/readyz", "/actuator", "/actuator/health", "/actuator/env", "//readyz",
			"/x/../readyz", "/x/%2e%2e/actuator/env", "/%72eadyz", "/readyz;a=b" })
	void neverForwardsInternalPaths(String path) {
		int before = backend.received(path);
		TestGateway.Response response = gateway.get(path);
		assertThat(response.status()).isEqualTo(404);
		assertThat(response.header("Content-Type")).startsWith("application/problem+json");
		assertThat(response.body()).contains("\"requestId\":\"" + response.header("X-Request-Id") + "\"");
		assertThat(backend.received(path)).isEqualTo(before);
	}

	@ParameterizedTest
	@CsvSource({ "www.foobar.com, https://www.foobar.com:8443/a%20b?c=d&e=%2F",
			"foobar.com, https://www.foobar.com:8443/a%20b?c=d&e=%2F",
			"localhost:8080, https://localhost:8443/a%20b?c=d&e=%2F" })
	void redirectsPlainHttpToTheSameAddressOnHttps(String host, String location) {
		TestGateway.Response response = gateway.plainHttp("/a%20b?c=d&e=%2F", host);
		assertThat(response.status()).isEqualTo(308);
		assertThat(response.header("Location")).isEqualTo(location);
	}

	@Test
	void neverRedirectsToAnUnknownHost() {
		TestGateway.Response response = gateway.plainHttp("/", "evil.com");
		assertThat(response.status()).isEqualTo(421);
		assertThat(response.headers().contains("Location")).isFalse();
	}

	@Test
	void servesOnlyItsOwnHosts() {
		TestGateway.Response response = gateway.get("/", (headers) -> headers.set("Host", "evil.com"));
		assertThat(response.status()).isEqualTo(421);
		assertThat(response.header("X-Request-Id")).isNotNull();
		TestGateway.Response bare = gateway.get("/x?y", (headers) -> headers.set("Host", "foobar.com"));
		assertThat(bare.status()).isEqualTo(308);
		assertThat(bare.header("Location")).isEqualTo("https://www.foobar.com:8443/x?y");
	}

	@Test
	void passesBodiesInBothDirections() {
		String body = "0123456789".repeat(50_000);
		assertThat(gateway.send("POST", "/echo", body).body()).isEqualTo(body);
		assertThat(gateway.send("POST", "/size", null).body()).isEqualTo("0");
	}

	@Test
	void rejectsBodiesAboveTheLimit() {
		TestGateway.Response response = gateway.send("POST", "/size", "x".repeat(1_100_000));
		assertThat(response.status()).isEqualTo(413);
		assertThat(response.header("Content-Type")).startsWith("application/problem+json");
	}

	@Test
	void rejectsHeadersAndTargetsAboveTheLimit() {
		TestGateway.Response headers = gateway.get("/", (all) -> all.set("X-Big", "x".repeat(20_000)));
		assertThat(headers.status()).isEqualTo(431);
		assertThat(headers.header("Content-Type")).startsWith("application/problem+json");
		assertThat(headers.body()).contains("\"requestId\":\"" + headers.header("X-Request-Id") + "\"");
		TestGateway.Response address = gateway.get("/" + "x".repeat(9_000));
		assertThat(address.status()).isEqualTo(414);
		assertThat(address.header("Content-Type")).startsWith("application/problem+json");
	}

	@Test
	void responsesWithoutABodyStayEmpty() {
		TestGateway.Response response = gateway.get("/empty");
		assertThat(response.status()).isEqualTo(204);
		assertThat(response.headers().contains("Transfer-Encoding")).isFalse();
		TestGateway.Response head = gateway.send("HEAD", "/", null);
		assertThat(head.status()).isEqualTo(200);
		assertThat(head.body()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
			"GET / HTTP/1.1\r\nHost: localhost\r\nBad Header: x\r\n\r\n", "GET / HTTP/1.1\r\n\r\n",
			"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.com\r\n\r\n" })
	void rejectsInvalidHttp(String request) throws Exception {
		int before = backend.received("/");
		try (Socket socket = tls("TLSv1.3")) {
			socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
			assertThat(readSome(socket)).startsWith("HTTP/1.1 400").contains("application/problem+json", "requestId");
		}
		assertThat(backend.received("/")).isEqualTo(before);
	}

	@Test
	@Timeout(value = 15, unit = TimeUnit.SECONDS)
	void closesAConnectionWhoseHeadersArriveTooSlowly() throws Exception {
		try (Socket socket = tls("TLSv1.3")) {
			socket.getOutputStream()
				.write("GET / HTTP/1.1\r\nHost: localhost\r\nX-Slow: ".getBytes(StandardCharsets.US_ASCII));
			socket.setSoTimeout(200);
			boolean closed = false;
			while (!closed) {
				closed = isClosed(socket);
			}
			assertThat(closed).isTrue();
		}
	}

	// One connection for all requests, as in a browser.
	@Test
	void headerTimeoutDoesNotCloseAnIdleHttp2Connection() throws Exception {
		try (Socket socket = tls("TLSv1.3", "h2")) {
			socket.getOutputStream().write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
			socket.getOutputStream().write(new byte[] { 0, 0, 0, 4, 0, 0, 0, 0, 0 }); // SETTINGS
			socket.setSoTimeout(2000);
			assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(() -> {
				while (socket.getInputStream().read() != -1) {
					// The server's SETTINGS, and then nothing; in particular no GOAWAY.
				}
			});
		}
	}

	// Sends a byte and checks for 200 ms whether the peer has closed the connection.
	private static boolean isClosed(Socket socket) {
		try {
			socket.getOutputStream().write('x');
			return socket.getInputStream().read() == -1;
		}
		catch (SocketTimeoutException ex) {
			return false;
		}
		catch (IOException ex) {
			return true;
		}
	}

	@Test
	void acceptsOnlyModernTls() throws Exception {
		for (String version : List.of("TLSv1.2", "TLSv1.3")) {
			try (SSLSocket socket = tls(version)) {
				socket.startHandshake();
				assertThat(socket.getSession().getProtocol()).isEqualTo(version);
			}
		}
	}

	private static SSLSocket tls(String version, String... applicationProtocols)
			throws GeneralSecurityException, IOException {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, new TrustManager[] { InsecureTrustManagerFactory.INSTANCE.getTrustManagers()[0] }, null);
		SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", gateway.port());
		socket.setEnabledProtocols(new String[] { version });
		SSLParameters parameters = socket.getSSLParameters();
		parameters.setApplicationProtocols(applicationProtocols);
		socket.setSSLParameters(parameters);
		return socket;
	}

	private static String readSome(Socket socket) throws IOException {
		InputStream in = socket.getInputStream();
		StringBuilder text = new StringBuilder();
		byte[] buffer = new byte[4096];
		int read = in.read(buffer);
		while (read > 0 && text.indexOf("}") == -1) {
			text.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
			if (text.indexOf("}") == -1) {
				read = in.read(buffer);
			}
		}
		return text.toString();
	}

}
