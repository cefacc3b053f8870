package com.foobar.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.foobar.gateway.TestGateway.Response;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.DisposableChannel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Which responses the gateway serves from its cache, and which requests it forwards. Each
 * test has paths of its own.
 */
class CacheIT {

	private static final String AN_HOUR = "Cache-Control: public, max-age=3600";

	private static ProgrammedBackend backend;

	private static TestGateway gateway;

	@BeforeAll
	static void start(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		backend = new ProgrammedBackend();
		gateway = new TestGateway(certificates, backend.url(), "gateway.cache.size=1MB",
				"gateway.cache.max-object-size=64KB");
		gateway.awaitBackends("UP", 1);
	}

	@AfterAll
	static void stop() {
		gateway.close();
		backend.close();
	}

	private static Response get(String path, String... headers) {
		return gateway.get(path, (request) -> {
			for (String header : headers) {
				request.add(header.substring(0, header.indexOf(':')), header.substring(header.indexOf(':') + 2));
			}
		});
	}

	private static int requests(String path) {
		return backend.received(path).size();
	}

	private static String cacheStatus(Response response) {
		return Objects.requireNonNull(response.header("Cache-Status"));
	}

	@Test
	void servesPublicResponsesFromTheCache() {
		backend.respondWith("hello", AN_HOUR, "ETag: \"a\"", "Server-Timing: app;dur=1", "X-Own: yes");
		Response first = get("/public?a=1");
		assertThat(cacheStatus(first)).isEqualTo("foobar-gateway; fwd=uri-miss");
		for (Response again : List.of(get("/public?a=1"), gateway.http2("/public?a=1"))) {
			assertThat(again.status()).isEqualTo(200);
			assertThat(again.body()).isEqualTo("hello");
			assertThat(cacheStatus(again)).startsWith("foobar-gateway; hit; ttl=3");
			assertThat(again.header("Age")).matches("\\d+");
			assertThat(again.headers().getAll("Date")).hasSize(1);
			assertThat(again.header("Content-Length")).isEqualTo("5");
			assertThat(again.header("X-Own")).isEqualTo("yes");
			assertThat(again.header("Server-Timing")).as("of another request").isNull();
			assertThat(again.header("X-Request-Id")).isNotEqualTo(first.header("X-Request-Id"));
			assertThat(again.header("X-Content-Type-Options")).isEqualTo("nosniff");
		}
		Response head = gateway.send("HEAD", "/public?a=1", null);
		assertThat(head.header("Content-Length")).isEqualTo("5");
		assertThat(cacheStatus(head)).startsWith("foobar-gateway; hit");
		assertThat(requests("/public?a=1")).isEqualTo(1);
		get("/public?a=2");
		assertThat(requests("/public?a=2")).isEqualTo(1);
	}

	@Test
	void servesVersionedAssetsFromTheCacheAfterAWrite() {
		backend.respondWith("body{}", "Cache-Control: max-age=31536000, public",
				"Last-Modified: Sat, 21 Nov 2026 09:00:00 GMT", "Vary: Accept-Encoding");
		get("/assets/site-12ab.css");
		Response again = get("/assets/site-12ab.css", "Cookie: read_after=g:1");
		assertThat(cacheStatus(again)).startsWith("foobar-gateway; hit; ttl=3153");
		assertThat(again.header("Cache-Control")).isEqualTo("max-age=31536000, public");
		assertThat(requests("/assets/site-12ab.css")).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Cache-Control: private, max-age=60", "Cache-Control: no-store",
			"Cache-Control: public, max-age=60, no-store", "Cache-Control: max-age=60", "Cache-Control: no-cache",
			"Cache-Control: public, max-age=60; Set-Cookie: a=b", "Cache-Control: public, max-age=60; Vary: *",
			"Cache-Control: public, max-age=60; Vary: X-Forwarded-For",
			"Last-Modified: Sat, 21 Nov 2020 09:00:00 GMT" })
	void forwardsRequestsForUncacheableResponses(String headers) {
		String path = "/else/" + Integer.toHexString(headers.hashCode());
		backend.respondWith("mine", headers.split("; ", -1));
		get(path);
		Response again = get(path);
		assertThat(again.body()).isEqualTo("mine");
		assertThat(cacheStatus(again)).isEqualTo("foobar-gateway; fwd=uri-miss");
		assertThat(requests(path)).isEqualTo(2);
	}

	@Test
	void evaluatesConditionalRequests() {
		backend.respondWith("hello", AN_HOUR, "ETag: \"a\"");
		get("/condition");
		Response known = get("/condition", "If-None-Match: W/\"a\"");
		assertThat(known.status()).isEqualTo(304);
		assertThat(known.body()).isEmpty();
		assertThat(known.header("ETag")).isEqualTo("\"a\"");
		assertThat(known.header("Cache-Control")).isEqualTo("public, max-age=3600");
		assertThat(get("/condition", "If-None-Match: \"b\"").body()).isEqualTo("hello");
		assertThat(requests("/condition")).isEqualTo(1);
		assertThat(gateway.http2("/condition").body()).isEqualTo("hello");
	}

	@Test
	void storesOneVariantForEachLanguage() {
		backend.respondWith((request, response) -> response.header("Cache-Control", "public, max-age=60")
			.header("Vary", "Accept-Language")
			.sendString(Mono.just("in " + request.requestHeaders().get("Accept-Language"))));
		assertThat(get("/vary", "Accept-Language: de").body()).isEqualTo("in de");
		Response other = get("/vary", "Accept-Language: fr");
		assertThat(other.body()).isEqualTo("in fr");
		assertThat(cacheStatus(other)).isEqualTo("foobar-gateway; fwd=vary-miss");
		assertThat(get("/vary", "Accept-Language: de").body()).isEqualTo("in de");
		assertThat(get("/vary", "Accept-Language: fr").body()).isEqualTo("in fr");
		assertThat(requests("/vary")).isEqualTo(2);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "tag | ETag: \"a\" | If-None-Match",
			"date | Last-Modified: Sat, 21 Nov 2026 09:00:00 GMT | If-Modified-Since" })
	void revalidatesStoredResponses(String name, String validator, String condition) {
		String path = "/confirm/" + name;
		backend.respondWith((request, response) -> {
			response.header("Cache-Control", "public, no-cache")
				.header(validator.substring(0, validator.indexOf(':')),
						validator.substring(validator.indexOf(':') + 2));
			return request.requestHeaders().contains(condition)
					? response.header("X-Confirmed", "yes").status(304).send()
					: response.sendString(Mono.just("hello")).then();
		});
		get(path);
		Response confirmed = get(path);
		assertThat(confirmed.status()).isEqualTo(200);
		assertThat(confirmed.body()).isEqualTo("hello");
		assertThat(confirmed.header("X-Confirmed")).isEqualTo("yes");
		assertThat(cacheStatus(confirmed)).isEqualTo("foobar-gateway; fwd=stale; fwd-status=304");
		assertThat(backend.received(path).get(1).headers().get(condition)).isNotNull();
		// The condition sent is the gateway's, not the client's.
		Response other = get(path, "If-None-Match: \"old\"");
		assertThat(other.status()).isEqualTo(200);
		assertThat(other.body()).isEqualTo("hello");
		backend.respondWith("changed", "Cache-Control: public, no-cache", "ETag: \"b\"");
		assertThat(get(path).body()).isEqualTo("changed");
	}

	@Test
	void followsTheCacheControlOfTheRequest() {
		backend.respondWith("one", AN_HOUR);
		Response nothing = get("/says", "Cache-Control: only-if-cached");
		assertThat(nothing.status()).isEqualTo(504);
		assertThat(nothing.header("Content-Type")).startsWith("application/problem+json");
		assertThat(requests("/says")).isZero();
		get("/says");
		backend.respondWith("two", AN_HOUR);
		assertThat(get("/says", "Cache-Control: only-if-cached").body()).isEqualTo("one");
		assertThat(get("/says", "Cache-Control: no-store").body()).isEqualTo("two");
		assertThat(get("/says").body()).as("nothing was stored").isEqualTo("one");
		assertThat(get("/says", "Cache-Control: no-cache").body()).isEqualTo("two");
		assertThat(get("/says").body()).as("the new response is stored").isEqualTo("two");
		assertThat(get("/says", "Range: bytes=0-0").body()).isEqualTo("t");
		assertThat(cacheStatus(get("/says", "Authorization: Basic eA=="))).startsWith("foobar-gateway; hit");
		assertThat(requests("/says")).isEqualTo(3);
	}

	@Test
	void collapsesConcurrentRequestsForOneUri() {
		backend.respondWith((request, response) -> Mono.delay(Duration.ofSeconds(1))
			.then(response.header("Cache-Control", "public, max-age=60").sendString(Mono.just("one for all")).then()));
		List<String> responses = Objects.requireNonNull(Flux.range(0, 50)
			.flatMap((i) -> bodyAndStatus("/fifty"), 50)
			.collectList()
			.block(Duration.ofSeconds(20)));
		assertThat(requests("/fifty")).isEqualTo(1);
		assertThat(responses).hasSize(50).allMatch((text) -> text.startsWith("one for all, foobar-gateway; "));
		assertThat(responses).anyMatch((text) -> text.contains("collapsed"));
	}

	private static Mono<String> bodyAndStatus(String path) {
		return gateway.client()
			.get()
			.uri(gateway.https(path))
			.responseSingle((response, content) -> content.asString()
				.map((body) -> body + ", " + response.responseHeaders().get("Cache-Status")));
	}

	@Test
	void requestsForPrivateResponsesAreNotCollapsed() {
		AtomicInteger arrived = new AtomicInteger();
		Sinks.Empty<Void> allThere = Sinks.empty();
		// All but the first get a response only after all have arrived.
		backend.respondWith((request, response) -> {
			int count = arrived.incrementAndGet();
			if (count == 10) {
				allThere.tryEmitEmpty();
			}
			response.header("Cache-Control", "private");
			return ((count == 1) ? Mono.<Void>empty() : allThere.asMono())
				.then(response.sendString(Mono.just("mine")).then());
		});
		List<String> responses = Objects.requireNonNull(Flux.range(0, 10)
			.flatMap((i) -> bodyAndStatus("/private"), 10)
			.collectList()
			.block(Duration.ofSeconds(20)));
		assertThat(responses).hasSize(10).allMatch((text) -> text.startsWith("mine"));
		assertThat(requests("/private")).isEqualTo(10);
	}

	@Test
	void waitingRequestIsForwardedWhenTheFirstIsCancelled() {
		Sinks.Empty<Void> gate = Sinks.empty();
		backend.respondWith((request, response) -> gate.asMono()
			.then(response.header("Cache-Control", "public, max-age=60").sendString(Mono.just("late")).then()));
		Disposable first = bodyAndStatus("/leaves").subscribe();
		await().until(() -> requests("/leaves") == 1);
		CompletableFuture<Response> second = CompletableFuture.supplyAsync(() -> get("/leaves"));
		first.dispose();
		await().until(() -> requests("/leaves") == 2);
		gate.tryEmitEmpty();
		assertThat(second.join().body()).isEqualTo("late");
	}

	@Test
	void servesStaleWhileRevalidating() {
		String cacheControl = "Cache-Control: public, max-age=1, stale-while-revalidate=60";
		backend.respondWith("old", cacheControl);
		get("/while");
		awaitStale("/while");
		Sinks.Empty<Void> gate = Sinks.empty();
		backend.respondWith((request, response) -> gate.asMono()
			.then(response.header("Cache-Control", "public, max-age=60").sendString(Mono.just("new")).then()));
		CompletableFuture<Response> first = CompletableFuture.supplyAsync(() -> get("/while"));
		await().until(() -> requests("/while") == 2);
		Response meanwhile = get("/while");
		assertThat(meanwhile.body()).isEqualTo("old");
		assertThat(cacheStatus(meanwhile)).contains("detail=stale-while-revalidate");
		CompletableFuture<Response> writer = CompletableFuture.supplyAsync(() -> get("/while", "Read-After: g:1"));
		await().until(() -> requests("/while") == 3);
		gate.tryEmitEmpty();
		assertThat(first.join().body()).isEqualTo("new");
		assertThat(writer.join().body()).isEqualTo("new");
		assertThat(get("/while").body()).isEqualTo("new");
	}

	private static void awaitStale(String path) {
		await().until(() -> get(path, "Cache-Control: only-if-cached").status() == 504);
	}

	@Test
	void servesStaleOnError() {
		backend.respondWith("kept", "Cache-Control: public, max-age=0, stale-if-error=600", "ETag: \"a\"");
		get("/outage");
		backend.respondWith("strict", "Cache-Control: public, max-age=0, must-revalidate, stale-if-error=600");
		get("/outage/strict");
		backend.respondWith((request, response) -> response.status(500).sendString(Mono.just("broken")));
		assertThat(get("/outage").body()).isEqualTo("kept");
		backend.kill();
		try {
			Response response = get("/outage");
			assertThat(response.status()).isEqualTo(200);
			assertThat(response.body()).isEqualTo("kept");
			assertThat(cacheStatus(response)).contains("detail=stale-if-error");
			assertThat(get("/outage", "If-None-Match: \"a\"").status()).isEqualTo(304);
			assertThat(get("/outage", "Cookie: read_after=g:1").status()).as("after a write").isEqualTo(503);
			assertThat(get("/outage", "Cache-Control: no-cache").status()).isEqualTo(503);
			assertThat(get("/outage/strict").status()).isEqualTo(503);
			gateway.awaitBackends("DOWN", 1);
			assertThat(get("/outage").body()).isEqualTo("kept");
		}
		finally {
			backend.start();
			gateway.awaitBackends("UP", 1);
		}
		backend.respondWith("new", "Cache-Control: public, max-age=0, stale-if-error=600");
		assertThat(get("/outage").body()).isEqualTo("new");
	}

	@Test
	void clientSeesItsOwnWrite() {
		AtomicInteger version = new AtomicInteger(1);
		backend.respondWith((request, response) -> {
			if (request.method().name().equals("POST")) {
				return response.header("Read-After", "g:" + version.incrementAndGet())
					.addHeader("Set-Cookie", "read_after=g:2; Path=/")
					.status(201)
					.send();
			}
			return response.header("Cache-Control", "public, max-age=3600, stale-if-error=3600")
				.header("ETag", "\"" + version + "\"")
				.sendString(Mono.just("version " + version))
				.then();
		});
		assertThat(get("/board").body()).isEqualTo("version 1");
		String token = Objects.requireNonNull(gateway.send("POST", "/elsewhere", "x").header("Read-After"));
		assertThat(get("/board").body()).as("other clients may get a stale response").isEqualTo("version 1");
		for (String carrier : List.of("Read-After: " + token, "Cookie: theme=dark; read_after=" + token)) {
			Response own = get("/board", carrier);
			assertThat(own.body()).isEqualTo("version 2");
			assertThat(cacheStatus(own)).startsWith("foobar-gateway; fwd=request");
		}
		assertThat(backend.received("/board").get(1).headers().get("Read-After")).isEqualTo(token);
		assertThat(get("/board").body()).as("updated for all by the revalidation").isEqualTo("version 2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "PATCH", "DELETE" })
	void invalidatesAfterAnUnsafeRequest(String method) {
		String path = "/things/" + method;
		backend.respondWith("things", AN_HOUR);
		for (String kept : List.of(path, path + "/1?a=b", path + "/2", path + "/3")) {
			get(kept);
		}
		backend.respondWith((request, response) -> response.header("Location", "1?a=b".replace("1", path + "/1"))
			.header("Content-Location", gateway.https(path + "/2"))
			.status(201)
			.send());
		gateway.send(method, path, "x");
		backend.respondWith("changed", AN_HOUR);
		assertThat(get(path).body()).isEqualTo("changed");
		assertThat(get(path + "/1?a=b").body()).isEqualTo("changed");
		assertThat(get(path + "/2").body()).isEqualTo("changed");
		assertThat(get(path + "/3").body()).isEqualTo("things");
	}

	@Test
	void invalidatesNothingAfterAnErrorOrForAnotherHost() {
		backend.respondWith("kept", AN_HOUR);
		get("/refused");
		get("/other");
		backend.respondWith((request, response) -> response.status(403).send());
		gateway.send("POST", "/refused", "x");
		backend.respondWith((request, response) -> response.header("Location", "https://www.example.com/other").send());
		gateway.send("POST", "/somewhere", "x");
		assertThat(cacheStatus(get("/refused"))).startsWith("foobar-gateway; hit");
		assertThat(cacheStatus(get("/other"))).startsWith("foobar-gateway; hit");
	}

	@Test
	void doesNotStoreAResponseRequestedBeforeAnInvalidation() {
		Sinks.Empty<Void> gate = Sinks.empty();
		backend.respondWith((request, response) -> request.method().name().equals("GET")
				? gate.asMono()
					.then(response.header("Cache-Control", "public, max-age=60").sendString(Mono.just("before")).then())
				: response.send());
		CompletableFuture<Response> reader = CompletableFuture.supplyAsync(() -> get("/race"));
		await().until(() -> requests("/race") == 1);
		gateway.send("PUT", "/race", "x");
		gate.tryEmitEmpty();
		assertThat(reader.join().body()).isEqualTo("before");
		backend.respondWith("after", AN_HOUR);
		assertThat(get("/race").body()).isEqualTo("after");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void doesNotStoreLargeResponses(boolean announced) {
		String path = "/large/" + announced;
		byte[] part = "x".repeat(10_000).getBytes(UTF_8);
		backend.respondWith((request, response) -> {
			response.header("Cache-Control", "public, max-age=60");
			if (announced) {
				response.header("Content-Length", "100000");
			}
			Flux<ByteBuf> body = Flux.range(0, 10).map((i) -> Unpooled.wrappedBuffer(part));
			return response.send(body, (sent) -> true);
		});
		assertThat(get(path).body()).hasSize(100_000);
		assertThat(get(path).body()).hasSize(100_000);
		assertThat(requests(path)).isEqualTo(2);
	}

	@Test
	void storesChunkedResponses() {
		backend.respondWith((request, response) -> response.header("Cache-Control", "public, max-age=60")
			.sendString(Flux.just("one ", "two ", "three").delayElements(Duration.ofMillis(80))));
		assertThat(get("/parts").body()).isEqualTo("one two three");
		assertThat(get("/parts").body()).isEqualTo("one two three");
		assertThat(requests("/parts")).isEqualTo(1);
	}

	@Test
	void doesNotStoreIncompleteResponses() {
		backend.respondWith((request, response) -> response.header("Cache-Control", "public, max-age=60")
			.header("Content-Length", "1000")
			.sendString(Flux.concat(Mono.just("x".repeat(100)), Mono.delay(Duration.ofMillis(50))
				.then(Mono.fromRunnable(() -> response.withConnection(DisposableChannel::dispose))))));
		try {
			assertThat(get("/cut").status()).isEqualTo(502);
		}
		catch (RuntimeException ex) {
			assertThat(ex).hasMessageContaining("closed DURING response");
		}
		backend.respondWith("whole", AN_HOUR);
		assertThat(get("/cut").body()).isEqualTo("whole");
	}

	@Test
	void staysWithinItsMaximumSize() {
		backend.respondWith("x".repeat(20_000), AN_HOUR);
		for (int i = 0; i < 120; i++) {
			get("/memory/" + i);
		}
		assertThat(meter("gateway_cache_size_bytes")).isBetween(500_000.0, 1_048_576.0);
		assertThat(meter("gateway_cache_evictions_total")).isGreaterThan(60);
		assertThat(meter("gateway_cache_requests_total{result=\"miss\"}")).isGreaterThanOrEqualTo(120);
	}

	private static double meter(String name) {
		Matcher line = Pattern.compile("^" + Pattern.quote(name) + " (\\S+)$", Pattern.MULTILINE)
			.matcher(gateway.management("/actuator/prometheus").body());
		assertThat(line.find()).as(name).isTrue();
		return Double.parseDouble(line.group(1));
	}

}
