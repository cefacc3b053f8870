package com.foobar.gateway.cache;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Meters of the cache. {@code gateway.cache.requests}: GET and HEAD requests by
 * {@code result}; {@code gateway.cache.hit.bytes}, {@code .size} and {@code .evictions}.
 */
final class CacheMeters {

	private final Map<Result, Counter> requests = new EnumMap<>(Result.class);

	private final Counter served;

	CacheMeters(MeterRegistry registry, ResponseCache store) {
		for (Result result : Result.values()) {
			Counter counter = Counter.builder("gateway.cache.requests")
				.description("GET and HEAD requests by what the cache did for them")
				.tag("result", result.name().toLowerCase(Locale.ROOT))
				.register(registry);
			this.requests.put(result, counter);
		}
		this.served = Counter.builder("gateway.cache.hit.bytes")
			.description("Content served from stored responses")
			.baseUnit("bytes")
			.register(registry);
		Gauge.builder("gateway.cache.size", store, ResponseCache::bytes)
			.description("Memory used by stored responses")
			.baseUnit("bytes")
			.register(registry);
		FunctionCounter.builder("gateway.cache.evictions", store, ResponseCache::evictions)
			.description("URIs whose responses were evicted")
			.register(registry);
	}

	void count(Result result) {
		Objects.requireNonNull(this.requests.get(result)).increment();
	}

	/** Counts content served from the cache. */
	void served(int bytes) {
		this.served.increment(bytes);
	}

	/** What the cache did for a request. */
	enum Result {

		/** Served without a backend. */
		HIT,

		/** Served by a backend. */
		MISS,

		/** Served stale without a backend. */
		STALE,

		/** Served after revalidation by a backend. */
		REVALIDATED,

		/** Not cacheable. */
		BYPASS

	}

}
