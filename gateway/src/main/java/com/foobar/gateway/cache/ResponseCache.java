package com.foobar.gateway.cache;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Scheduler;

/**
 * The stored responses by URI, within a limit of memory; the least used are evicted
 * first. Also the pending fetches. Thread-safe.
 */
final class ResponseCache {

	/** Of one URI: a header with arbitrary values must not fill the memory. */
	private static final int MAX_VARIANTS = 8;

	private static final int SLOTS = 16 * 1024;

	private final Cache<String, List<CachedResponse>> responses;

	private final ConcurrentMap<String, PendingFetch> fetches = new ConcurrentHashMap<>();

	/**
	 * Invalidations, counted by hash of the URI. A response whose request was sent before
	 * an invalidation is not stored after it.
	 */
	private final AtomicLongArray invalidations = new AtomicLongArray(SLOTS);

	/**
	 * Hashes of URIs whose last response could not be shared. A collision costs requests
	 * for the other URI a single wait.
	 */
	private final AtomicIntegerArray uncollapsible = new AtomicIntegerArray(SLOTS);

	private final AtomicLong evictions = new AtomicLong();

	ResponseCache(long maxBytes) {
		this.responses = Caffeine.newBuilder()
			.maximumWeight(maxBytes)
			.weigher(ResponseCache::weigh)
			.executor(Runnable::run)
			.evictionListener((uri, variants, cause) -> this.evictions.incrementAndGet())
			.build();
	}

	private static int weigh(String uri, List<CachedResponse> variants) {
		long weight = 2L * uri.length();
		for (CachedResponse variant : variants) {
			weight += variant.weight();
		}
		return (int) Math.min(Integer.MAX_VALUE, weight);
	}

	/** The stored response for a request; null if there is none. */
	@Nullable CachedResponse find(String uri, HttpHeaders request) {
		List<CachedResponse> variants = this.responses.getIfPresent(uri);
		if (variants != null) {
			for (CachedResponse variant : variants) {
				if (variant.matches(request)) {
					return variant;
				}
			}
		}
		return null;
	}

	/** Whether any response of this URI is stored. */
	boolean contains(String uri) {
		return this.responses.asMap().containsKey(uri);
	}

	/** The number of invalidations, which a request records before it is sent. */
	long invalidations(String uri) {
		return this.invalidations.get(slot(uri));
	}

	/**
	 * Stores a response in place of the one of the same variant, unless the URI was
	 * invalidated since its request was sent.
	 * @param uri the cache key
	 * @param response the response
	 * @param invalidations the number when its request was sent
	 */
	void put(String uri, CachedResponse response, long invalidations) {
		this.responses.asMap().compute(uri, (key, before) -> {
			if (invalidations(uri) != invalidations) {
				return before;
			}
			List<CachedResponse> after = new ArrayList<>();
			after.add(response);
			if (before != null) {
				before.stream()
					.filter((variant) -> !variant.varies().equals(response.varies()))
					.limit(MAX_VARIANTS - 1L)
					.forEach(after::add);
			}
			return List.copyOf(after);
		});
	}

	/** Invalidates all responses of a URI, pending ones included. */
	void invalidate(String uri) {
		this.invalidations.incrementAndGet(slot(uri));
		this.responses.invalidate(uri);
		PendingFetch fetch = this.fetches.remove(uri);
		if (fetch != null) {
			fetch.complete();
		}
	}

	/**
	 * Registers a fetch.
	 * @param uri the cache key
	 * @param fetch the request
	 * @return the pending one for the same URI; null if there is none
	 */
	@Nullable PendingFetch register(String uri, PendingFetch fetch) {
		return this.fetches.putIfAbsent(uri, fetch);
	}

	/** Completes a fetch: its response is stored, or cannot be shared. */
	void complete(String uri, PendingFetch fetch) {
		this.fetches.remove(uri, fetch);
		fetch.complete();
	}

	/** Whether concurrent requests for a URI wait for one fetch. */
	boolean isCollapsible(String uri) {
		return this.uncollapsible.get(slot(uri)) != mark(uri);
	}

	/**
	 * Records whether the last response could be shared.
	 * @param uri the cache key
	 * @param shared whether it could
	 */
	void shared(String uri, boolean shared) {
		int slot = slot(uri);
		if (!shared) {
			this.uncollapsible.lazySet(slot, mark(uri));
		}
		else if (this.uncollapsible.get(slot) == mark(uri)) {
			this.uncollapsible.lazySet(slot, 0);
		}
	}

	private static int mark(String uri) {
		int hash = uri.hashCode();
		return (hash != 0) ? hash : 1;
	}

	private static int slot(String uri) {
		int hash = uri.hashCode();
		return (hash ^ (hash >>> 16)) & (SLOTS - 1);
	}

	/** Memory of all responses, in bytes. */
	long bytes() {
		return this.responses.policy().eviction().map((eviction) -> eviction.weightedSize().orElse(0)).orElse(0L);
	}

	/** Number of evicted URIs. */
	long evictions() {
		return this.evictions.get();
	}

	/**
	 * A forwarded request whose response may be stored. Concurrent requests for the same
	 * response wait for it, so that a backend gets one. Thread-safe.
	 */
	static final class PendingFetch {

		private final Sinks.Empty<Void> completed = Sinks.empty();

		private volatile boolean abandoned;

		/**
		 * Completes it: the response is stored, or will not be. Waiting requests look in
		 * the cache again. Idempotent.
		 */
		void complete() {
			this.completed.tryEmitEmpty();
		}

		/**
		 * Completes it because its client has left, which says nothing about the
		 * response.
		 */
		void abandon() {
			this.abandoned = true;
			complete();
		}

		boolean isAbandoned() {
			return this.abandoned;
		}

		/** Waits for its completion. */
		Mono<Void> await(Duration timeout, Scheduler continuation) {
			return this.completed.asMono().timeout(timeout, Mono.empty()).publishOn(continuation);
		}

	}

}
