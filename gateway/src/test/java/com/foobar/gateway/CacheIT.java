package com.foobar.gateway;

import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.foobar.gateway.TestGateway.Response;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableChannel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which responses the gateway stores and serves from its cache, and which requests it
 * forwards.
 */
class CacheIT extends CacheContract {

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
