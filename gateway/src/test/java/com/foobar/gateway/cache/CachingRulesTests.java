package com.foobar.gateway.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

import com.foobar.gateway.cache.CacheRequest.Access;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which responses may be stored, and for which requests a stored response may be used.
 */
class CachingRulesTests {

	private static final Instant RECEIVED = Instant.parse("2026-11-21T10:00:00Z");

	private static final RevalidationTriggers TRIGGERS = new RevalidationTriggers(List.of("Read-After", "read_after"));

	private final CachingRules rules = new CachingRules(Duration.ofMinutes(10), TRIGGERS);

	/** Written as {@code Name: value; Name: value}. */
	private static HttpHeaders headers(@Nullable String text) {
		HttpHeaders headers = new DefaultHttpHeaders();
		if (text != null) {
			for (String header : text.split("; ", -1)) {
				headers.add(header.substring(0, header.indexOf(':')), header.substring(header.indexOf(':') + 2));
			}
		}
		return headers;
	}

	private static CachedResponse stored(String headers) {
		return CachedResponse.of(200, headers(headers), Map.of(), RECEIVED, RECEIVED);
	}

	private static CachedResponse allowed(String cacheControl) {
		return stored("Cache-Control: " + cacheControl);
	}

	private static CacheRequest request(@Nullable String headers) {
		return CacheRequest.of(HttpMethod.GET, headers(headers), TRIGGERS);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "200 | Cache-Control: public, max-age=60 | true", "200 | Cache-Control: s-maxage=60 | true",
					"200 | Cache-Control: max-age=60 | false", "200 | Cache-Control: public | false",
					"200 | Cache-Control: public; ETag: \"a\" | true",
					"200 | Cache-Control: public; Last-Modified: Sat, 21 Nov 2026 09:00:00 GMT | true",
					"200 | Cache-Control: public; Expires: Sat, 21 Nov 2026 11:00:00 GMT | true",
					"200 | Expires: Sat, 21 Nov 2026 11:00:00 GMT | false", "200 | ETag: \"a\" | false",
					"200 | Cache-Control: private, max-age=60 | false",
					"200 | Cache-Control: public, private=\"X\", max-age=60 | false",
					"200 | Cache-Control: public, no-store, max-age=60 | false",
					"200 | Cache-Control: public, no-cache; ETag: \"a\" | true",
					"200 | Cache-Control: public, max-age=60; Cache-Control: no-store | false",
					"200 | Cache-Control: public, max-age=60; Set-Cookie: a=b | false",
					"200 | Cache-Control: public, max-age=60; Read-After: g:1 | false",
					"206 | Cache-Control: public, max-age=60 | false",
					"200 | Cache-Control: public, max-age=60; Content-Range: bytes 0-1/2 | true",
					"200 | Cache-Control: public, max-age=60, ext=\"a, no-store | false",
					"200 | Cache-Control: public, max-age=60, no-store, must-understand | true",
					"299 | Cache-Control: public, max-age=60, no-store, must-understand | false",
					"299 | Cache-Control: public, max-age=60, must-understand | false" })
	void storesOnlyResponsesMarkedAsShared(int status, String headers, boolean expected) {
		assertThat(this.rules.mayStore(status, headers(headers))).isEqualTo(expected);
	}

	/** A 4xx that another client's headers may have caused, and a 5xx, are not stored. */
	@ParameterizedTest
	@CsvSource({ "100, false", "200, true", "203, true", "204, true", "206, false", "299, true", "300, true",
			"301, true", "302, true", "303, true", "304, false", "307, true", "308, true", "400, false", "401, false",
			"403, false", "404, true", "405, false", "408, false", "410, true", "413, false", "414, true", "421, false",
			"429, false", "431, false", "451, true", "499, false", "500, false", "501, false", "503, false",
			"599, false" })
	void storesTheseStatuses(int status, boolean expected) {
		assertThat(this.rules.mayStore(status, headers("Cache-Control: public, max-age=60"))).isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", value = { "public, max-age=60 | - | 59 | true",
			"public, max-age=60 | - | 60 | false", "public, max-age=60, s-maxage=10 | - | 30 | false",
			"public, max-age=10, s-maxage=60 | - | 30 | true", "public, max-age=60, no-cache | - | 1 | false",
			"public, max-age=60 | Cache-Control: max-age=20 | 20 | true",
			"public, max-age=60 | Cache-Control: max-age=20 | 21 | false",
			"public, max-age=60 | Cache-Control: max-age=0 | 1 | false",
			"public, max-age=60 | Cache-Control: min-fresh=20 | 40 | true",
			"public, max-age=60 | Cache-Control: min-fresh=20 | 41 | false",
			"public, max-age=60 | Cache-Control: max-stale | 500 | true",
			"public, max-age=60 | Cache-Control: max-stale=30 | 90 | true",
			"public, max-age=60 | Cache-Control: max-stale=30 | 91 | false",
			"public, max-age=60 | Cache-Control: max-stale=30, max-age=70 | 80 | false",
			"public, max-age=60, must-revalidate | Cache-Control: max-stale | 61 | false",
			"public, max-age=60, proxy-revalidate | Cache-Control: max-stale | 61 | false",
			"s-maxage=60 | Cache-Control: max-stale | 61 | false",
			"public, max-age=60 | Cache-Control: no-cache | 1 | false",
			// Longer than the token of a write is kept: only what never changes.
			"public, max-age=86400 | - | 599 | true", "public, max-age=86400 | - | 600 | false",
			"public, max-age=86400, immutable | - | 86399 | true", "public, max-age=31536000 | - | 86400 | true",
			"public, max-age=86400 | Cache-Control: max-stale=30 | 630 | true",
			// After a write.
			"public, max-age=60 | Read-After: g:1 | 1 | false",
			"public, max-age=60 | Cookie: read_after=g:1 | 1 | false",
			"public, max-age=60, immutable | Cookie: read_after=g:1 | 1 | true",
			"public, max-age=60, immutable | Cookie: read_after=g:1 | 61 | false",
			"public, max-age=31536000 | Read-After: g:1 | 86400 | true" })
	void servesWhatIsFreshByTheAccessOfTheRequest(String cacheControl, String request, long age, boolean expected) {
		assertThat(this.rules.mayServe(allowed(cacheControl), request(request), RECEIVED.plusSeconds(age)))
			.isEqualTo(expected);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "public, max-age=60, stale-if-error=30 | 90 | true",
					"public, max-age=60, stale-if-error=30 | 91 | false", "public, max-age=60 | 61 | false",
					"public, max-age=60, stale-if-error=30, must-revalidate | 61 | false",
					"s-maxage=60, stale-if-error=30 | 61 | false", "public, max-age=86400 | 3600 | true",
					"public, max-age=60, no-cache, stale-if-error=30 | 1 | false",
					"public, max-age=60, stale-while-revalidate=30 | 61 | false" })
	void servesStaleOnErrorWithinItsLimits(String cacheControl, long age, boolean expected) {
		CachedResponse stored = allowed(cacheControl);
		Instant now = RECEIVED.plusSeconds(age);
		assertThat(CachingRules.mayServeOnError(stored, Access.FRESH, now)).isEqualTo(expected);
		assertThat(CachingRules.mayServeOnError(stored, Access.IMMUTABLE_OR_REVALIDATED, now)).as("after a write")
			.isFalse();
		assertThat(CachingRules.mayServeOnError(stored, Access.REVALIDATED, now)).as("for a request with no-cache")
			.isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "public, max-age=60, stale-while-revalidate=30 | 90 | true",
					"public, max-age=60, stale-while-revalidate=30 | 91 | false",
					"public, max-age=60, stale-while-revalidate=30, must-revalidate | 61 | false",
					"public, max-age=60, stale-if-error=30 | 61 | false" })
	void servesStaleWhileRevalidatingWithinItsLimits(String cacheControl, long age, boolean expected) {
		Instant now = RECEIVED.plusSeconds(age);
		assertThat(CachingRules.mayServeWhileRevalidating(allowed(cacheControl), Access.FRESH, now))
			.isEqualTo(expected);
		assertThat(CachingRules.mayServeWhileRevalidating(allowed(cacheControl), Access.IMMUTABLE_OR_REVALIDATED, now))
			.isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "ETag: \"a\" | If-None-Match: \"a\" | true",
			"ETag: \"a\" | If-None-Match: W/\"a\" | true", "ETag: W/\"a\" | If-None-Match: \"a\" | true",
			"ETag: \"a\" | If-None-Match: \"b\", \"a\" | true", "ETag: \"a\" | If-None-Match: \"b\" | false",
			"ETag: \"a\" | If-None-Match: * | true", "ETag: \"a,b\" | If-None-Match: \"a,b\" | true",
			"Last-Modified: Sat, 21 Nov 2026 09:00:00 GMT | If-Modified-Since: Sat, 21 Nov 2026 09:00:00 GMT | true",
			"Last-Modified: Sat, 21 Nov 2026 09:00:00 GMT | If-Modified-Since: Saturday, 21-Nov-26 09:00:00 GMT | true",
			"Last-Modified: Sat, 21 Nov 2026 09:00:00 GMT | If-Modified-Since: Sat, 21 Nov 2026 08:59:59 GMT | false",
			"Last-Modified: Sat, 21 Nov 2026 09:00:00 GMT | If-Modified-Since: Sat Nov 21 09:00:00 2026 | true",
			"Last-Modified: Sat, 21 Nov 2026 09:00:00 GMT | If-Modified-Since: Sat, 21 Nov 2027 09:00:00 CET | false",
			"Last-Modified: Sat, 21 Nov 2026 09:00:00 GMT | If-Modified-Since: yesterday | false",
			"Date: Sat, 21 Nov 2026 09:00:00 GMT | If-Modified-Since: Sat, 21 Nov 2026 09:00:00 GMT | true",
			"Date: Sat, 21 Nov 2026 09:00:00 GMT | If-Modified-Since: Sat, 21 Nov 2026 08:59:59 GMT | false" })
	void detectsWhatTheClientAlreadyHas(String stored, String request, boolean expected) {
		assertThat(CachingRules.isNotModified(stored(stored), headers(request))).isEqualTo(expected);
	}

	@Test
	void theTagDecidesBeforeTheDate() {
		assertThat(CachingRules.isNotModified(stored("ETag: \"a\"; Last-Modified: Sat, 21 Nov 2026 09:00:00 GMT"),
				headers("If-None-Match: \"b\"; If-Modified-Since: Sat, 21 Nov 2026 09:30:00 GMT")))
			.isFalse();
	}

	@Test
	void revalidatesWithTheValidatorOfTheStoredResponse() {
		HttpHeaders request = headers("If-None-Match: \"old\"; If-Modified-Since: Sat, 21 Nov 2026 09:30:00 GMT");
		CachingRules.condition(request, stored("ETag: \"a\""));
		assertThat(request.getAll("If-None-Match")).containsExactly("\"a\"");
		assertThat(request.contains("If-Modified-Since")).isFalse();
	}

	@Test
	void ageIncludesTheAgeOnArrival() {
		HttpHeaders headers = headers("Cache-Control: public, max-age=60; Age: 20");
		headers.set("Date", DateFormatter.format(Date.from(RECEIVED.minusSeconds(5))));
		CachedResponse stored = CachedResponse.of(200, headers, Map.of(), RECEIVED.minusSeconds(2), RECEIVED);
		// The stated age plus the response delay, which exceeds the age by the date.
		assertThat(stored.age(RECEIVED.plusSeconds(10))).isEqualTo(Duration.ofSeconds(32));
		assertThat(stored.freshness(RECEIVED.plusSeconds(10))).isEqualTo(Duration.ofSeconds(28));
		headers.set("Date", DateFormatter.format(Date.from(RECEIVED.minusSeconds(40))));
		assertThat(CachedResponse.of(200, headers, Map.of(), RECEIVED, RECEIVED).age(RECEIVED))
			.isEqualTo(Duration.ofSeconds(40));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "Expires: Sat, 21 Nov 2026 10:01:00 GMT; Date: Sat, 21 Nov 2026 10:00:00 GMT | 60",
					"Expires: Sat, 21 Nov 2026 10:01:00 GMT; Date: Sat, 21 Nov 2026 09:59:00 GMT | 120",
					"Expires: 0; Date: Sat, 21 Nov 2026 10:00:00 GMT | 0",
					"Expires: Sat, 21 Nov 2026 11:00:00 GMT; Cache-Control: max-age=5 | 5",
					"Cache-Control: max-age=0000000000060 | 60", "Cache-Control: max-age=00000000000 | 0",
					"Expires: Saturday, 21-Nov-26 10:01:00 GMT | 60", "Expires: Sat Nov 21 10:01:00 2026 | 60",
					"Expires: SAT, 21 nov 2026 10:01:00 gmt | 60", "Expires: Mon, 21 Nov 2026 10:01:00 GMT | 60",
					"Expires: Sat, 21 Nov 2026 10:01:00 UTC | 0", "Expires: Sat, 21 Nov 2026 10:01:00 AEST | 0",
					"Expires: Sat, 21 Nov 26 10:01:00 GMT | 0", "Expires: Sat 21 Nov 2026 10:01:00 GMT | 0",
					"Expires: Sat, 21  Nov  2026 10:01:00 GMT | 0", "Expires: Sat, 21-Nov-2026 10:01:00 GMT | 0",
					"Expires: Sat, 21 Nov 2026 10.01.00 GMT | 0", "Expires: Sat, 21 Nov 2026 9:01:00 GMT | 0",
					"Expires: Sat, 31 Nov 2026 10:01:00 GMT | 0", "Expires: Sat, 21 Nov 2026 25:01:00 GMT | 0",
					"Expires: Sat, 21 Nov 2026 10:01:00 GMT; Expires: Sat, 21 Nov 2026 10:01:00 GMT | 60",
					"Expires: Sat, 21 Nov 2026 10:01:00 GMT; Expires: Sat, 21 Nov 2026 10:02:00 GMT | 0",
					"Expires: Sat, 21 Nov 2026 10:01:00 GMT; Date: Sat, 21 Nov 2026 9:00:00 GMT | 60",
					"Last-Modified: Sat, 21 Nov 2020 10:00:00 GMT | 0" })
	void lifetimeIsTheOneOfTheResponse(String headers, long seconds) {
		assertThat(stored(headers).lifetime()).isEqualTo(Duration.ofSeconds(seconds));
	}

	/** RFC 9111, section 5.1: the first of several values; invalid values are ignored. */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "Age: 7200 | 7200", "Age: 0 | 0", "Age: 007200 | 7200", "Age: 2147483647 | 2147483647",
					"Age: 2147483648 | 2147483647", "Age: 99999999999999999999 | 2147483647", "Age: 7200, 7200 | 7200",
					"Age: 7200, 0 | 7200", "Age: 0, 7200 | 0", "Age: 7200; Age: 0 | 7200", "Age: 0; Age: 7200 | 0",
					"Age: abc | 0", "Age: -7200 | 0", "Age: 7200.0 | 0", "Age: 7200 s | 0", "Age: abc, 7200 | 0",
					"X-None: 1 | 0" })
	void ageIsTheFirstOneThatTheResponseStates(String headers, long seconds) {
		assertThat(stored(headers).age(RECEIVED)).isEqualTo(Duration.ofSeconds(seconds));
	}

	@Test
	void updateResetsTheAgeAndReplacesHeaders() {
		CachedResponse stored = stored(
				"Cache-Control: public, max-age=60; ETag: \"a\"; Age: 30; Content-Type: text/css; X-A: 1");
		Instant later = RECEIVED.plusSeconds(300);
		CachedResponse confirmed = stored.updated(
				headers("Cache-Control: public, max-age=90; Content-Type: text/plain; X-A: 2; X-B: 3"), later, later);
		assertThat(confirmed.age(later)).isLessThan(Duration.ofSeconds(1));
		assertThat(confirmed.lifetime()).isEqualTo(Duration.ofSeconds(90));
		assertThat(confirmed.headers().get("Content-Type")).isEqualTo("text/plain");
		assertThat(confirmed.headers().getAll("X-A")).containsExactly("2");
		assertThat(confirmed.headers().get("X-B")).isEqualTo("3");
		assertThat(confirmed.headers().get("ETag")).isEqualTo("\"a\"");
	}

	@ParameterizedTest
	@CsvSource({ "Content-Language, true", "Content-Location, true", "Content-Disposition, true", "Content-Foo, true",
			"Content-Security-Policy, true", "X-Content-Foo, true", "Content-Encoding, false", "Content-Range, false",
			"Content-MD5, false", "Content-Digest, false", "content-encoding, false", "Set-Cookie, true" })
	void updateReplacesAllHeadersExceptThoseOfTheContent(String name, boolean expected) {
		CachedResponse stored = stored("Cache-Control: public, max-age=60; ETag: \"a\"; " + name + ": old");
		CachedResponse confirmed = stored.updated(headers(name + ": new"), RECEIVED, RECEIVED);
		assertThat(confirmed.headers().getAll(name)).containsExactly(expected ? "new" : "old");
	}

	@Test
	void updateOfAnotherResponseDoesNotSelectTheStoredOne() {
		CachedResponse stored = stored("ETag: W/\"a\"");
		assertThat(CachingRules.isSelectedBy(stored, headers("ETag: \"a\""))).isTrue();
		assertThat(CachingRules.isSelectedBy(stored, headers("ETag: \"b\""))).isFalse();
		assertThat(CachingRules.isSelectedBy(stored, headers(null))).isTrue();
		CachedResponse dated = stored("Last-Modified: Sat, 21 Nov 2026 09:00:00 GMT");
		assertThat(CachingRules.isSelectedBy(dated, headers("Last-Modified: Sat, 21 Nov 2026 09:00:00 GMT"))).isTrue();
		assertThat(CachingRules.isSelectedBy(dated, headers("Last-Modified: Sat, 21 Nov 2026 08:00:00 GMT"))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "*", "Accept, *", "X-Forwarded-For", "Forwarded", "X-Real-IP" })
	void responsesThatVaryOnHeadersOfTheGatewayAreNotStored(String vary) {
		assertThat(CachedResponse.varies(headers("Vary: " + vary), headers(null))).isNull();
	}

	@Test
	void variantsAreComparedAsLists() {
		HttpHeaders response = headers("Vary: Accept-Encoding; Vary: Accept-Language");
		CachedResponse stored = CachedResponse.of(200, response,
				Map.copyOf(java.util.Objects
					.requireNonNull(CachedResponse.varies(response, headers("Accept-Encoding: gzip, br; X-Other: 1")))),
				RECEIVED, RECEIVED);
		assertThat(stored.matches(headers("Accept-Encoding: gzip,br"))).isTrue();
		assertThat(stored.matches(headers("Accept-Encoding: gzip; Accept-Encoding: br"))).isTrue();
		assertThat(stored.matches(headers("Accept-Encoding: gzip"))).isFalse();
		assertThat(stored.matches(headers("Accept-Encoding: gzip, br; Accept-Language: de"))).isFalse();
	}

}
