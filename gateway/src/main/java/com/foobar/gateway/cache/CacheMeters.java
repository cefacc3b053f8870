package com.foobar.gateway.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * Meters of the cache. {@code gateway.cache.requests}: GET and HEAD requests by
 * {@code result}; {@code gateway.cache.hit.bytes}, {@code .size} and {@code .evictions}.
 */
final class CacheMeters {

	private final Counter hits;

	private final Counter misses;

	private final Counter stale;

	private final Counter revalidated;

	private final Counter bypassed;

	private final Counter served;

	CacheMeters(MeterRegistry registry, ResponseCache store) {
		this.hits = result(registry, "hit");
		this.misses = result(registry, "miss");
		this.stale = result(registry, "stale");
		this.revalidated = result(registry, "revalidated");
		this.bypassed = result(registry, "bypass");
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

	private static Counter result(MeterRegistry registry, String result) {
		return Counter.builder("gateway.cache.requests")
			.description("GET and HEAD requests by what the cache did for them")
			.tag("result", result)
			.register(registry);
	}

	/** Served without a backend. */
	void hit() {
		this.hits.increment();
	}

	/** Served by a backend. */
	void missed() {
		this.misses.increment();
	}

	/** Served stale without a backend. */
	void stale() {
		this.stale.increment();
	}

	/** Served after revalidation by a backend. */
	void revalidated() {
		this.revalidated.increment();
	}

	/** Not cacheable. */
	void bypassed() {
		this.bypassed.increment();
	}

	/** Counts content served from the cache. */
	void served(int bytes) {
		this.served.increment(bytes);
	}

}
