package com.foobar.gateway;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;

import javax.management.JMException;
import javax.management.ObjectName;

import com.foobar.gateway.TestGateway.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * No request stays in memory after its response, in particular not those to which the
 * gateway responds itself before it has read them completely.
 */
class RetainedRequestsIT {

	private static final int REQUESTS = 300;

	private static TestBackend backend;

	private static TestGateway gateway;

	@BeforeAll
	static void start(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		backend = new TestBackend("only");
		gateway = new TestGateway(certificates, List.of(backend));
		gateway.awaitBackends("UP", 1);
	}

	@AfterAll
	static void stop() {
		gateway.close();
		backend.close();
	}

	@Test
	void forwarded() {
		assertNothingRetained(200, () -> gateway.get("/"));
	}

	@Test
	void cached() {
		assertNothingRetained(200, () -> gateway.get("/asset"));
		assertThat(backend.received("/asset")).isEqualTo(1);
	}

	@Test
	void notFound() {
		assertNothingRetained(404, () -> gateway.get("/actuator/health"));
	}

	@Test
	void misdirected() {
		assertNothingRetained(421, () -> gateway.get("/", (headers) -> headers.set("Host", "elsewhere.example")));
	}

	@Test
	void redirected() {
		assertNothingRetained(308, () -> gateway.plainHttp("/", "localhost"));
	}

	@Test
	void refusedWithItsBody() {
		assertNothingRetained(404, () -> gateway.send("POST", "/actuator/health", "a body"));
	}

	@Test
	void overHttp2() {
		assertNothingRetained(404, () -> gateway.http2("/actuator/health"));
	}

	@Test
	void overHttp2AtTheSameTime() {
		assertThat(gateway.http2Together("/", REQUESTS)).hasSize(REQUESTS).containsOnly(200);
		awaitNothingRetained();
	}

	private static void assertNothingRetained(int status, Supplier<Response> request) {
		for (int i = 0; i < REQUESTS; i++) {
			assertThat(request.get().status()).isEqualTo(status);
		}
		awaitNothingRetained();
	}

	private static void awaitNothingRetained() {
		await().untilAsserted(() -> assertThat(instances("reactor.netty.http.server.HttpServerOperations"))
			.as("requests and streams in memory")
			.isLessThan(REQUESTS / 10));
	}

	/** Instances in this JVM after a full collection. */
	static int instances(String type) throws JMException {
		String histogram = (String) ManagementFactory.getPlatformMBeanServer()
			.invoke(new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram",
					new Object[] { new String[0] }, new String[] { String[].class.getName() });
		return histogram.lines()
			.map((line) -> line.trim().split("\\s+"))
			.filter((columns) -> columns.length > 3 && columns[3].equals(type))
			.mapToInt((columns) -> Integer.parseInt(columns[1]))
			.findFirst()
			.orElse(0);
	}

}
