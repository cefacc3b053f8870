package com.foobar.gateway;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.HttpProtocol;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.AbstractProtocolSslContextSpec;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The whole gateway on free ports, in front of test backends, with short intervals.
 */
final class TestGateway implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private final ConfigurableApplicationContext context;

	private final int httpPort;

	private final ConnectionProvider connections = ConnectionProvider.create("test", 64);

	private final HttpClient http11;

	private final HttpClient http2;

	private final HttpClient plain;

	TestGateway(Path certificates, List<TestBackend> backends, String... properties) {
		this(certificates, String.join(",", backends.stream().map(TestBackend::url).toList()), properties);
	}

	TestGateway(Path certificates, String urls, String... properties) {
		this.httpPort = freePort();
		Map<String, String> settings = new LinkedHashMap<>();
		settings.put("server.port", "0");
		settings.put("server.address", "127.0.0.1");
		settings.put("management.server.port", "0");
		settings.put("management.server.address", "127.0.0.1");
		settings.put("gateway.http-port", String.valueOf(this.httpPort));
		settings.put("gateway.backends.urls", urls);
		settings.put("gateway.health.interval", "100ms");
		settings.put("gateway.health.timeout", "500ms");
		settings.put("gateway.shutdown-delay", "0s");
		// Slow start and outlier detection are off unless a test is about them.
		settings.put("gateway.load-balancer.slow-start", "0s");
		settings.put("gateway.outlier-detection.consecutive-failures", "0");
		String bundle = "spring.ssl.bundle.pem.gateway.keystore.";
		settings.put(bundle + "certificate", certificates.resolve("tls.crt").toUri().toString());
		settings.put(bundle + "private-key", certificates.resolve("tls.key").toUri().toString());
		settings.put("spring.ssl.bundle.watch.file.quiet-period", "100ms");
		settings.put("spring.main.register-shutdown-hook", "false");
		for (String property : properties) {
			int equals = property.indexOf('=');
			settings.put(property.substring(0, equals), property.substring(equals + 1));
		}
		this.context = new SpringApplicationBuilder(GatewayApplication.class)
			.run(settings.entrySet().stream().map((entry) -> "--" + entry).toArray(String[]::new));
		HttpClient client = HttpClient.create(this.connections)
			.runOn(TestBackend.LOOPS)
			.disableRetry(true)
			.responseTimeout(TIMEOUT);
		this.plain = client;
		this.http11 = client.secure((tls) -> tls.sslContext(trusting(Http11SslContextSpec.forClient())));
		this.http2 = client.protocol(HttpProtocol.H2)
			.secure((tls) -> tls.sslContext(trusting(Http2SslContextSpec.forClient())));
	}

	static GenericSslContextSpec<SslContextBuilder> trusting(AbstractProtocolSslContextSpec<?> specification) {
		return specification.configure((builder) -> builder.trustManager(InsecureTrustManagerFactory.INSTANCE));
	}

	private static int freePort() {
		try (ServerSocket socket = new ServerSocket(0)) {
			return socket.getLocalPort();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	int port() {
		return this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	int managementPort() {
		return this.context.getEnvironment().getRequiredProperty("local.management.port", Integer.class);
	}

	int httpPort() {
		return this.httpPort;
	}

	ConfigurableApplicationContext context() {
		return this.context;
	}

	Response get(String path) {
		return get(path, (headers) -> {
		});
	}

	Response get(String path, Consumer<HttpHeaders> headers) {
		return exchange(this.http11, HttpMethod.GET, https(path), headers, null);
	}

	Response send(String method, String path, @Nullable String body) {
		return send(method, path, body, (headers) -> {
		});
	}

	Response send(String method, String path, @Nullable String body, Consumer<HttpHeaders> headers) {
		return exchange(this.http11, HttpMethod.valueOf(method), https(path), headers, body);
	}

	Response http2(String path) {
		return exchange(this.http2, HttpMethod.GET, https(path), (headers) -> {
		}, null);
	}

	/** Sends many requests, as many at a time as the connections allow. */
	List<Integer> http2Together(String path, int requests) {
		return Objects.requireNonNull(Flux.range(0, requests)
			.flatMap((number) -> this.http2.get()
				.uri(https(path))
				.responseSingle((response, content) -> content.then(Mono.just(response.status().code()))))
			.collectList()
			.block(TIMEOUT));
	}

	Response plainHttp(String path, String host) {
		return exchange(this.plain, HttpMethod.GET, "http://127.0.0.1:" + this.httpPort + path,
				(headers) -> headers.set("Host", host), null);
	}

	Response management(String path) {
		return exchange(this.plain, HttpMethod.GET, "http://127.0.0.1:" + managementPort() + path, (headers) -> {
		}, null);
	}

	/**
	 * Sends an admin command for a backend, with credentials as {@code name:password}.
	 */
	Response command(String backend, String body, @Nullable String credentials) {
		return post("/actuator/backends/" + backend, body, credentials);
	}

	/** Checks a password as the console does. */
	Response signIn(@Nullable String credentials) {
		return post("/console/sign-in", "{}", credentials);
	}

	private Response post(String path, String body, @Nullable String credentials) {
		return exchange(this.plain, HttpMethod.POST, "http://127.0.0.1:" + managementPort() + path, (headers) -> {
			headers.set("Content-Type", "application/json");
			if (credentials != null) {
				headers.set("Authorization",
						"Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8)));
			}
		}, body);
	}

	HttpClient client() {
		return this.http11;
	}

	HttpClient client2() {
		return this.http2;
	}

	String https(String path) {
		return "https://localhost:" + port() + path;
	}

	/** Waits until the gateway sees exactly so many backends in a state. */
	void awaitBackends(String state, int count) {
		await().atMost(TIMEOUT)
			.untilAsserted(() -> assertThat(
					management("/actuator/backends").body().split("\"state\":\"" + state + "\"", -1).length - 1)
				.as("backends that are " + state)
				.isEqualTo(count));
	}

	/** Waits until every request has ended, wherever it is counted. */
	void awaitNothingInFlight() {
		await().atMost(TIMEOUT.multipliedBy(2)).untilAsserted(() -> {
			assertThat(management("/actuator/backends").body()).contains("\"inFlight\":")
				.doesNotContainPattern("\"inFlight\":[1-9]");
			assertThat(management("/actuator/prometheus").body()).contains("gateway_websockets 0.0",
					"gateway_requests_active 0.0");
		});
	}

	private static Response exchange(HttpClient client, HttpMethod method, String url, Consumer<HttpHeaders> headers,
			@Nullable String body) {
		return Objects.requireNonNull(client.headers(headers)
			.request(method)
			.uri(url)
			.send((request, outbound) -> (body != null) ? outbound.sendString(Flux.just(body)) : outbound)
			.responseSingle((response, content) -> content.asString()
				.defaultIfEmpty("")
				.map((text) -> new Response(response.status().code(), response.responseHeaders(), text)))
			.block(TIMEOUT), "no response");
	}

	@Override
	public void close() {
		this.context.close();
		this.connections.dispose();
	}

	/**
	 * A response as the client received it.
	 */
	record Response(int status, HttpHeaders headers, String body) {

		@Nullable String header(String name) {
			return this.headers.get(name);
		}

		@Nullable String backend() {
			return header("X-Backend");
		}

	}

}
