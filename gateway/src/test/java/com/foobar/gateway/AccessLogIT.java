package com.foobar.gateway;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What the access log records of requests, and which trace context backends receive.
 */
class AccessLogIT {

	private static final String PARENT = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

	private final Lines lines = new Lines();

	private final Logger logger = (Logger) LoggerFactory.getLogger("access");

	// Once the gateway runs: its start sets up the logs anew.
	private void listen() {
		this.lines.start();
		this.logger.setLevel(Level.INFO);
		this.logger.setAdditive(false);
		this.logger.addAppender(this.lines);
	}

	@AfterEach
	void stopListening() {
		this.logger.detachAppender(this.lines);
	}

	@Test
	void writesTheCombinedFormatAndMore(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		try (TestBackend backend = new TestBackend("only");
				TestGateway gateway = new TestGateway(certificates, List.of(backend), "gateway.trace-sampling=0")) {
			gateway.awaitBackends("UP", 1);
			listen();
			String seen = gateway.get("/headers?token=secret", (headers) -> {
				headers.set("traceparent", PARENT);
				headers.set("tracestate", "a=1");
				headers.set("User-Agent", "test \"agent\"");
				headers.set("Referer", "https://localhost/before?token=secret");
				headers.set("X-Request-Id", "mine");
			}).body();
			assertThat(seen).contains("traceparent: " + PARENT, "tracestate: a=1");
			assertThat(line(0))
				.matches("127\\.0\\.0\\.1 - - \\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000] "
						+ "\"GET /headers HTTP/1\\.1\" 200 " + seen.length()
						+ " \"https://localhost/before\" \"test \\?agent\\?\" host=localhost:\\d+ backend=127\\.0\\.0\\.1:"
						+ backend.port()
						+ " tries=1 backend_ms=\\d+\\.\\d{3} duration_ms=\\d+\\.\\d{3} request_id=mine "
						+ "trace_id=0af7651916cd43dd8448eb211c80319c");
			String made = gateway.get("/headers", (headers) -> headers.set("traceparent", "nonsense")).body();
			String traceId = line(1).replaceFirst(".* trace_id=", "");
			assertThat(traceId).matches("[0-9a-f]{32}");
			assertThat(made).containsPattern("traceparent: 00-" + traceId + "-[0-9a-f]{16}-00")
				.doesNotContain("nonsense");
			assertThat(gateway.http2("/download").body()).hasSize(200);
			assertThat(line(2)).contains("\"GET /download HTTP/2.0\" 200 200 ");
			assertThat(gateway.get("/livez").status()).isEqualTo(404);
			assertThat(line(3)).contains(" backend=- tries=0 ");
			String requestId = gateway.plainHttp("/from-http", "localhost").header("X-Request-Id");
			assertThat(line(4)).contains("\"GET /from-http HTTP/1.1\" 308 0 ", " host=localhost backend=- tries=0 ",
					" request_id=" + requestId + " ");
		}
	}

	@Test
	void writesJson(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		try (TestBackend backend = new TestBackend("only");
				TestGateway gateway = new TestGateway(certificates, List.of(backend),
						"gateway.access-log-format=json")) {
			gateway.awaitBackends("UP", 1);
			listen();
			gateway.get("/%22quoted%22?token=secret", (headers) -> headers.set("User-Agent", "\"}\\ agent"));
			JsonNode line = JsonMapper.builder().build().readTree(line(0));
			assertThat(line.path("client").stringValue()).isEqualTo("127.0.0.1");
			assertThat(line.path("path").stringValue()).isEqualTo("/%22quoted%22");
			assertThat(line.path("user_agent").stringValue()).isEqualTo("?}? agent");
			assertThat(line.path("status").intValue()).isEqualTo(200);
			assertThat(line.path("bytes").intValue()).isEqualTo(15);
			assertThat(line.path("tries").intValue()).isEqualTo(1);
			assertThat(line.path("backend_ms").doubleValue()).isPositive();
			assertThat(line.path("trace_id").stringValue()).matches("[0-9a-f]{32}");
		}
	}

	@Test
	void countsBytesOnEveryEventLoop(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		try (TestBackend backend = new TestBackend("only");
				TestGateway gateway = new TestGateway(certificates, List.of(backend))) {
			gateway.awaitBackends("UP", 1);
			listen();
			ExecutorService clients = Executors.newFixedThreadPool(8);
			for (int i = 0; i < 80; i++) {
				boolean http2 = i % 2 == 0;
				clients
					.execute(() -> assertThat((http2 ? gateway.http2("/") : gateway.get("/")).status()).isEqualTo(200));
			}
			clients.shutdown();
			line(79);
			assertThat(this.lines.texts).allMatch((line) -> line.contains("\" 200 15 "));
		}
	}

	@Test
	void logsRequestsThatCannotBeParsed(@TempDir Path certificates) throws IOException {
		TestCertificates.write(certificates, 1);
		try (TestBackend backend = new TestBackend("only");
				TestGateway gateway = new TestGateway(certificates, List.of(backend))) {
			gateway.awaitBackends("UP", 1);
			listen();
			try (RawClient client = new RawClient(gateway.port())) {
				client.send("GET / HTTP/1.1\r\nBad Header: x\r\n\r\n").readToEnd();
			}
			assertThat(line(0))
				.matches("127\\.0\\.0\\.1 - - \\[.*] \"-\" 400 \\d+ \"-\" \"-\" host=- backend=- tries=0 "
						+ "request_id=[0-9a-f]{32}");
			// Netty reads it; a target has no fragment.
			try (RawClient client = new RawClient(gateway.port())) {
				assertThat(client.send("GET /a#b?c HTTP/1.1\r\nHost: localhost\r\n\r\n").readToEnd())
					.startsWith("HTTP/1.1 400")
					.contains("application/problem+json");
			}
			assertThat(line(1)).contains("\"-\" 400 ", " tries=0 ");
			try (RawHttp2Client client = new RawHttp2Client(gateway.port())) {
				assertThat(client.exchange("GET", "/a#b?c").status()).isEqualTo("400");
			}
			assertThat(line(2)).contains("\"GET /a#b HTTP/2.0\" 400 ");
		}
	}

	private String line(int index) {
		await().until(() -> this.lines.texts.size() > index);
		return this.lines.texts.get(index);
	}

	private static final class Lines extends AppenderBase<ILoggingEvent> {

		private final List<String> texts = new CopyOnWriteArrayList<>();

		@Override
		protected void append(ILoggingEvent event) {
			this.texts.add(event.getFormattedMessage());
		}

	}

}
