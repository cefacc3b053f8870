package com.foobar.gateway;

import java.util.List;

import com.foobar.gateway.TestGateway.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Rules of RFC 9111 about headers with more than one form, as a client sees them.
 */
class CacheRulesIT extends CacheContract {

	@ParameterizedTest
	@ValueSource(strings = { "Cache-Control: public, max-age=3600; Age: 2147483648",
			"Cache-Control: public, max-age=3600; Age: 7200, 7200", "Cache-Control: public, max-age=00000000000",
			"Cache-Control: public; Expires: Thu, 18 Aug 2050 02:01:18 AEST",
			"Cache-Control: public; Expires: Thu 18 Aug 2050 02:01:18 GMT",
			"Cache-Control: public; Expires: Thu, 18 Aug 2050 2:01:18 GMT",
			"Cache-Control: public; Expires: Thu, 18 Aug 50 02:01:18 GMT" })
	void forwardsRequestsForStaleResponses(String headers) {
		String path = "/stale/" + Integer.toHexString(headers.hashCode());
		backend.respondWith("old", headers.split("; ", -1));
		get(path);
		assertThat(get(path).body()).isEqualTo("old");
		assertThat(requests(path)).isEqualTo(2);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Thu, 18 Aug 2050 02:01:18 GMT", "Thursday, 18-Aug-50 02:01:18 GMT",
			"Thu Aug 18 02:01:18 2050" })
	void parsesAllThreeDateFormats(String date) {
		String path = "/dates/" + Integer.toHexString(date.hashCode());
		backend.respondWith("fresh", "Cache-Control: public", "Expires: " + date);
		get(path);
		assertThat(cacheStatus(get(path))).startsWith("foobar-gateway; hit");
	}

	@ParameterizedTest
	@CsvSource({ "302, true", "303, true", "307, true", "308, true", "404, true", "410, true", "400, false",
			"405, false", "500, false" })
	void storesRedirectsAndGoneResponses(int status, boolean expected) {
		String path = "/status/" + status;
		backend.respondWith((request, response) -> response.status(status)
			.header("Cache-Control", "public, max-age=60")
			.header("Location", "/elsewhere")
			.header("Content-Length", "0")
			.send());
		assertThat(get(path).status()).isEqualTo(status);
		Response again = get(path);
		assertThat(again.status()).isEqualTo(status);
		assertThat(again.header("Location")).isEqualTo("/elsewhere");
		assertThat(requests(path)).isEqualTo(expected ? 1 : 2);
	}

	@Test
	void notModifiedResponseUpdatesHeaders() {
		backend.respondWith((request, response) -> {
			response.header("Cache-Control", "public, no-cache").header("ETag", "\"a\"");
			return request.requestHeaders().contains("If-None-Match")
					? response.header("Content-Language", "de").header("Content-Encoding", "br").status(304).send()
					: response.header("Content-Language", "en").sendString(Mono.just("hello")).then();
		});
		get("/confirmed");
		Response confirmed = get("/confirmed");
		assertThat(confirmed.status()).isEqualTo(200);
		assertThat(confirmed.body()).isEqualTo("hello");
		assertThat(confirmed.headers().getAll("Content-Language")).containsExactly("de");
		assertThat(confirmed.header("Content-Encoding")).as("would speak of other bytes").isNull();
	}

	@Test
	void headUpdatesTheStoredResponse() {
		backend.respondWith("hello", "Cache-Control: public, max-age=0", "ETag: \"a\"", "X-Version: 1");
		get("/head/same");
		backend.respondWith((request, response) -> response.header("Cache-Control", "public, max-age=60")
			.header("ETag", "\"a\"")
			.header("X-Version", "2")
			.header("Content-Length", "5")
			.send());
		assertThat(cacheStatus(gateway.send("HEAD", "/head/same", null))).isEqualTo("foobar-gateway; fwd=stale");
		Response again = get("/head/same");
		assertThat(cacheStatus(again)).startsWith("foobar-gateway; hit");
		assertThat(again.body()).isEqualTo("hello");
		assertThat(again.header("X-Version")).isEqualTo("2");
	}

	@ParameterizedTest
	@CsvSource({ "200, \"b\", 5", "200, \"a\", 6", "404, \"a\", 5", "410, \"a\", 5" })
	void headOfChangedContentInvalidatesTheStoredResponse(int status, String tag, int length) {
		String path = "/head/other/" + status + length + tag.charAt(1);
		backend.respondWith("hello", "Cache-Control: public, max-age=0, stale-if-error=60", "ETag: \"a\"");
		get(path);
		backend.respondWith((request, response) -> response.status(status)
			.header("Cache-Control", "public, max-age=60")
			.header("ETag", tag)
			.header("Content-Length", Integer.toString(length))
			.send());
		gateway.send("HEAD", path, null);
		backend.respondWith("changed", AN_HOUR, "ETag: \"b\"");
		assertThat(get(path).body()).isEqualTo("changed");
		assertThat(backend.received(path).get(2).headers().get("If-None-Match")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/named/1", "2?q=a", "https://{host}/named/3", "HTTPS://{host}/named/4#part",
			"/x/../named/5", "//{host}/named/6" })
	void unsafeResponseInvalidatesTheUrisThatItNames(String location) {
		String path = "/named/" + location.replaceAll(".*([0-9](\\?q=a)?).*", "$1");
		backend.respondWith("before", AN_HOUR);
		get(path);
		backend.respondWith((request, response) -> response
			.header("Location", location.replace("{host}", gateway.https("").substring("https://".length())))
			.status(201)
			.send());
		gateway.send("POST", "/named/things", "x");
		backend.respondWith("after", AN_HOUR);
		assertThat(get(path).body()).isEqualTo("after");
	}

	@Test
	void defaultPortIsNormalized() {
		backend.respondWith("before", AN_HOUR);
		String[] hosts = { "Host: localhost", "Host: localhost:443", "Host: LOCALHOST" };
		for (String host : hosts) {
			gateway.get("/port", (request) -> request.set("Host", host.substring(6)));
		}
		assertThat(requests("/port")).isEqualTo(1);
		backend.respondWith((request, response) -> response.header("Location", "https://localhost:443/port").send());
		gateway.send("POST", "/ports", "x", (request) -> request.set("Host", "localhost"));
		backend.respondWith("after", AN_HOUR);
		for (String host : List.of("localhost", "localhost:443")) {
			assertThat(gateway.get("/port", (request) -> request.set("Host", host)).body()).isEqualTo("after");
		}
	}

	@Test
	void servesRangesOfStoredResponses() {
		backend.respondWith("0123456789", AN_HOUR, "ETag: \"a\"");
		get("/part");
		Response part = get("/part", "Range: bytes=2-4");
		assertThat(part.status()).isEqualTo(206);
		assertThat(part.body()).isEqualTo("234");
		assertThat(part.header("Content-Range")).isEqualTo("bytes 2-4/10");
		assertThat(part.header("Content-Length")).isEqualTo("3");
		assertThat(part.header("ETag")).isEqualTo("\"a\"");
		assertThat(cacheStatus(part)).startsWith("foobar-gateway; hit");
		assertThat(get("/part", "Range: bytes=-1", "If-Range: \"a\"").body()).isEqualTo("9");
		assertThat(get("/part", "Range: bytes=0-0", "If-None-Match: \"a\"").status()).isEqualTo(304);
		assertThat(get("/part").body()).as("the whole is still there").isEqualTo("0123456789");
		assertThat(requests("/part")).isEqualTo(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Range: bytes=0-1,3-4", "Range: bytes=10-", "Range: bytes=0-0; If-Range: \"b\"",
			"Range: bytes=0-0; Cache-Control: no-cache", "Range: bytes=0-0; Read-After: g:1",
			"Range: bytes=0-0; Cache-Control: max-age=0" })
	void forwardsOtherRanges(String headers) {
		String path = "/parts/" + Integer.toHexString(headers.hashCode());
		backend.respondWith("0123456789", AN_HOUR, "ETag: \"a\"");
		get(path);
		String[] request = headers.split("; ", -1);
		if (headers.contains("max-age")) {
			await().until(() -> !"0".equals(get(path).header("Age")));
		}
		assertThat(cacheStatus(get(path, request))).isEqualTo("foobar-gateway; fwd=bypass");
		assertThat(backend.received(path).get(1).headers().get("Range")).isEqualTo(request[0].substring(7));
		assertThat(cacheStatus(get(path))).as("nothing is stored or forgotten").startsWith("foobar-gateway; hit");
	}

}
