package com.foobar.routing.web;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import com.foobar.routing.Causality;
import com.foobar.routing.CausalityToken;
import com.foobar.routing.Consistency;
import com.foobar.routing.autoconfigure.ReadReplicaRoutingAutoConfiguration;
import com.foobar.routing.autoconfigure.ReadReplicaRoutingWebAutoConfiguration;
import com.foobar.routing.consistency.ThreadLocalCausality;
import com.foobar.routing.servers.RecordingDriver;
import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestTemplateAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.webclient.autoconfigure.WebClientAutoConfiguration;
import org.springframework.context.ApplicationContext;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * The HTTP clients of Spring Boot, against a real server.
 */
class CausalityClientTests {

	private static final String GTID = "3e11fa47-71ca-11e1-9e33-c80aa9429562:";

	private static final String NOTHING = "nothing";

	private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	@SuppressWarnings("NullAway.Init")
	private HttpServer server;

	private final ApplicationContextRunner runner = new ApplicationContextRunner()
		.withConfiguration(
				AutoConfigurations.of(DataSourceAutoConfiguration.class, ReadReplicaRoutingAutoConfiguration.class,
						ReadReplicaRoutingWebAutoConfiguration.class, RestClientAutoConfiguration.class,
						RestTemplateAutoConfiguration.class, WebClientAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=" + RecordingDriver.wrappingUrl("p"),
				"spring.datasource.username=app",
				"spring.datasource.driver-class-name=" + RecordingDriver.class.getName(),
				"read-replica-routing.replicas[0].url=" + RecordingDriver.wrappingUrl("r"));

	/** Responds with the token of its own write. */
	@BeforeEach
	void startServer() throws IOException {
		RecordingDriver.reset();
		this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.server.createContext("/", (exchange) -> {
			this.received.add(Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst("Read-After"), NOTHING));
			exchange.getResponseHeaders().set("Read-After", written(77).toString());
			exchange.sendResponseHeaders(204, -1);
			exchange.close();
		});
		this.server.start();
	}

	@AfterEach
	void stopServer() {
		this.server.stop(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "RestClient", "RestTemplate", "WebClient" })
	void clientsExchangeTokensWithListedHosts(String client) {
		this.runner.withPropertyValues("read-replica-routing.propagation.hosts[0]=localhost").run((context) -> {
			Causality causality = context.getBean(Causality.class);
			try (Causality.Scope scope = causality.open(written(5))) {
				call(client, context, "localhost");
				assertThat(this.received.take()).isEqualTo(written(5).toString());
				assertThat(scope.token()).isEqualTo(CausalityToken.parse(GTID + "1-77"));
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "RestClient", "RestTemplate", "WebClient" })
	void clientsExchangeNoTokensWithOtherHosts(String client) {
		this.runner.withPropertyValues("read-replica-routing.propagation.hosts[0]=localhost").run((context) -> {
			Causality causality = context.getBean(Causality.class);
			try (Causality.Scope scope = causality.open(written(5))) {
				call(client, context, "127.0.0.1");
				assertThat(this.received.take()).isEqualTo(NOTHING);
				assertThat(scope.token()).isEqualTo(written(5));
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "RestClient", "RestTemplate", "WebClient" })
	void clientsExchangeNoTokensByDefault(String client) {
		this.runner.run((context) -> {
			try (Causality.Scope scope = context.getBean(Causality.class).open(written(5))) {
				call(client, context, "localhost");
				assertThat(this.received.take()).isEqualTo(NOTHING);
				assertThat(scope.token()).isEqualTo(written(5));
			}
		});
	}

	@Test
	void clientOfOneServiceUsesTheInterceptorItself() throws InterruptedException {
		Causality causality = new ThreadLocalCausality(Consistency.READ_YOUR_WRITES);
		RestClient client = RestClient.builder().requestInterceptor(new CausalityClientInterceptor(causality)).build();
		try (Causality.Scope scope = causality.open(written(5))) {
			client.get().uri(uri("127.0.0.1")).retrieve().toBodilessEntity();
			assertThat(this.received.take()).isEqualTo(written(5).toString());
			assertThat(scope.token()).isEqualTo(written(77));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://orders", "orders/", "*", "", "*.", "orders:x", "or ders", "a@b" })
	void rejectsWhatIsNotAHost(String host) {
		assertThatIllegalArgumentException().isThrownBy(() -> new TrustedHosts(List.of(host)));
		this.runner
			.withPropertyValues("read-replica-routing.propagation.hosts[0]=orders",
					"read-replica-routing.propagation.hosts[1]=" + host)
			.run((context) -> assertThat(context.getStartupFailure()).isNotNull()
				.hasStackTraceContaining("read-replica-routing.propagation.hosts[1] is '" + host + "'"));
	}

	@ParameterizedTest
	@CsvSource({ "orders, http://orders/x, true", "ORDERS, http://orders:8080/x, true", "orders, http://Orders, true",
			"orders:8080, http://orders:8080/, true", "orders:8080, http://orders/, false",
			"orders:443, https://orders/, true", "orders:80, http://orders/, true", "orders, http://my-orders/, false",
			"orders, http://orders.evil.example/, false", "orders, http://evil.example/orders, false",
			"orders, http://orders@evil.example/, false", "*.example.com, http://a.example.com/, true",
			"*.example.com, http://a.b.example.com:81/, true", "*.example.com, http://example.com/, false",
			"*.example.com, http://evilexample.com/, false", "*.example.com:81, http://a.example.com:82/, false",
			"[::1], http://[::1]:8080/, true", "orders, mailto:orders, false" })
	void trustsListedHosts(String host, URI uri, boolean trusted) {
		assertThat(new TrustedHosts(List.of(host)).test(uri)).isEqualTo(trusted);
		assertThat(new TrustedHosts(List.of()).test(uri)).isFalse();
	}

	private void call(String client, ApplicationContext context, String host) {
		switch (client) {
			case "RestClient" ->
				context.getBean(RestClient.Builder.class).build().get().uri(uri(host)).retrieve().toBodilessEntity();
			case "RestTemplate" ->
				context.getBean(RestTemplateBuilder.class).build().getForEntity(uri(host), Void.class);
			default -> context.getBean(WebClient.Builder.class)
				.build()
				.get()
				.uri(uri(host))
				.retrieve()
				.toBodilessEntity()
				.block();
		}
	}

	private URI uri(String host) {
		return URI.create("http://" + host + ":" + this.server.getAddress().getPort() + "/orders");
	}

	private static CausalityToken written(int upTo) {
		return CausalityToken.parse(GTID + "1-" + upTo);
	}

}
