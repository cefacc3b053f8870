package com.foobar.gateway.cache;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What the cache counts. {@code gateway.cache.requests}: GET and HEAD requests by
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
			.description("Content that came from the kept answers")
			.baseUnit("bytes")
			.register(registry);
		Gauge.builder("gateway.cache.size", store, ResponseCache::bytes)
			.description("What the kept answers take in memory")
			.baseUnit("bytes")
			.register(registry);
		FunctionCounter.builder("gateway.cache.evictions", store, ResponseCache::evictions)
			.description("Addresses whose answers had to make room for others")
			.register(registry);
	}

	private static Counter result(MeterRegistry registry, String result) {
		return Counter.builder("gateway.cache.requests")
			.description("GET and HEAD requests by what the cache did for them")
			.tag("result", result)
			.register(registry);
	}

	/** Answered without a backend. */
	void hit() {
		this.hits.increment();
	}

	/** Answered by a backend. */
	void missed() {
		this.misses.increment();
	}

	/** Answered without a backend, by what is not fresh any more. */
	void stale() {
		this.stale.increment();
	}

	/** Answered by what a backend has confirmed. */
	void revalidated() {
		this.revalidated.increment();
	}

	/** None of the cache's business. */
	void bypassed() {
		this.bypassed.increment();
	}

	/** Content was sent that was kept here. */
	void served(int bytes) {
		this.served.increment(bytes);
	}

}
