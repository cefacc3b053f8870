package com.foobar.gateway;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

import javax.net.ssl.SSLContext;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Server-sent events, with a real client over both versions of HTTP.
 */
class EventStreamIT {

	@ParameterizedTest
	@EnumSource(HttpClient.Version.class)
	void eventsPassImmediatelyAndTheStreamEndsWithItsClient(HttpClient.Version version, @TempDir Path certificates)
			throws IOException, InterruptedException, GeneralSecurityException {
		TestCertificates.write(certificates, 1);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
		// The events are further apart than the response timeout allows for other
		// responses.
		try (WebSocketBackend backend = new WebSocketBackend();
				TestGateway gateway = new TestGateway(certificates, backend.url(), "gateway.client.response-timeout=1s",
						"gateway.limits.idle-timeout=1s")) {
			gateway.awaitBackends("UP", 1);
			HttpClient client = HttpClient.newBuilder().sslContext(context).version(version).build();
			HttpResponse<InputStream> response = client.send(
					HttpRequest.newBuilder(URI.create(gateway.https("/events"))).build(),
					HttpResponse.BodyHandlers.ofInputStream());
			assertThat(response.version()).isEqualTo(version);
			try (BufferedReader events = new BufferedReader(
					new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
				for (int event = 0; event < 3; event++) {
					assertThat(events.readLine()).isEqualTo("data: " + event);
					assertThat(events.readLine()).isEmpty();
					// Each event arrives before the next is sent.
					assertThat(backend.made.get()).isEqualTo(event + 1);
				}
				assertThat(backend.listeners).hasValue(1);
				assertThat(gateway.management("/actuator/backends").body()).contains("\"inFlight\":1");
			}
			await().untilAsserted(() -> assertThat(backend.listeners).hasValue(0));
			gateway.awaitNothingInFlight();
			if (version == HttpClient.Version.HTTP_1_1) {
				streamsEndCleanlyOnShutdown(client, gateway);
			}
		}
	}

	// Over HTTP/2 this client treats GOAWAY as the end.
	private static void streamsEndCleanlyOnShutdown(HttpClient client, TestGateway gateway)
			throws IOException, InterruptedException {
		HttpResponse<InputStream> response = client.send(
				HttpRequest.newBuilder(URI.create(gateway.https("/events"))).build(),
				HttpResponse.BodyHandlers.ofInputStream());
		try (BufferedReader events = new BufferedReader(
				new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
			assertThat(events.readLine()).isEqualTo("data: 0");
			gateway.context().close();
			assertThat(events.lines()).allMatch((line) -> line.isEmpty() || line.startsWith("data: "));
		}
	}

}
