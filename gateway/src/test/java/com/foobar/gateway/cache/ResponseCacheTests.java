package com.foobar.gateway.cache;

import java.time.Instant;
import java.util.Map;

import com.foobar.gateway.cache.ResponseCache.PendingFetch;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which responses stay in the cache, and for how long.
 */
class ResponseCacheTests {

	private static final HttpHeaders NONE = new DefaultHttpHeaders();

	private final ResponseCache store = new ResponseCache(100_000);

	private static CachedResponse response(int size, Map<String, String> varies) {
		return CachedResponse.of(200, new DefaultHttpHeaders(), varies, Instant.EPOCH, Instant.EPOCH)
			.with(new byte[size]);
	}

	private void put(String uri, CachedResponse response) {
		this.store.put(uri, response, this.store.invalidations(uri));
	}

	@Test
	void staysWithinItsBytes() {
		for (int i = 0; i < 1000; i++) {
			put("host/" + i, response(1000, Map.of()));
		}
		assertThat(this.store.bytes()).isBetween(80_000L, 100_000L);
		assertThat(this.store.evictions()).isGreaterThan(900);
	}

	@Test
	void countsHeadersAndUris() {
		HttpHeaders headers = new DefaultHttpHeaders().add("X-Long", "x".repeat(5000));
		put("host/" + "y".repeat(3000), CachedResponse.of(200, headers, Map.of(), Instant.EPOCH, Instant.EPOCH));
		assertThat(this.store.bytes()).isGreaterThan(11_000);
	}

	@Test
	void storesNothingLargerThanItsLimit() {
		put("host/large", response(200_000, Map.of()));
		assertThat(this.store.find("host/large", NONE)).isNull();
		assertThat(this.store.bytes()).isZero();
	}

	@Test
	void storesFewVariantsOfOneUri() {
		for (int i = 0; i < 50; i++) {
			put("host/", response(10, Map.of("accept-language", "l" + i)));
		}
		assertThat(this.store.find("host/", new DefaultHttpHeaders().add("Accept-Language", "l49"))).isNotNull();
		assertThat(this.store.find("host/", new DefaultHttpHeaders().add("Accept-Language", "l42"))).isNotNull();
		assertThat(this.store.find("host/", new DefaultHttpHeaders().add("Accept-Language", "l41"))).isNull();
		assertThat(this.store.contains("host/")).isTrue();
	}

	@Test
	void invalidatesAllResponsesOfAUri() {
		put("host/", response(10, Map.of()));
		this.store.invalidate("host/");
		assertThat(this.store.find("host/", NONE)).isNull();
		assertThat(this.store.contains("host/")).isFalse();
	}

	@Test
	void doesNotStoreAResponseRequestedBeforeAnInvalidation() {
		long before = this.store.invalidations("host/");
		this.store.invalidate("host/");
		this.store.put("host/", response(10, Map.of()), before);
		assertThat(this.store.find("host/", NONE)).isNull();
		this.store.put("host/", response(10, Map.of()), this.store.invalidations("host/"));
		assertThat(this.store.find("host/", NONE)).isNotNull();
	}

	@Test
	void invalidationCompletesThePendingFetch() {
		PendingFetch first = new PendingFetch();
		assertThat(this.store.register("host/", first)).isNull();
		assertThat(this.store.register("host/", new PendingFetch())).isSameAs(first);
		this.store.invalidate("host/");
		assertThat(this.store.register("host/", new PendingFetch())).isNull();
	}

	@Test
	void recordsUrisWhoseResponsesCannotBeShared() {
		assertThat(this.store.isCollapsible("host/")).isTrue();
		this.store.shared("host/", false);
		assertThat(this.store.isCollapsible("host/")).isFalse();
		assertThat(this.store.isCollapsible("host/other")).isTrue();
		this.store.shared("host/", true);
		assertThat(this.store.isCollapsible("host/")).isTrue();
	}

}
