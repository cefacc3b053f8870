package com.foobar.gateway.cache;

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

/**
 * The answers that are kept, by their URI, within a number of bytes; what is asked for
 * least goes first. And who is under way for more. Thread-safe.
 */
final class ResponseCache {

	/** Of one URI; a header that takes any value must not fill the memory with it. */
	private static final int MAX_VARIANTS = 8;

	private static final int SLOTS = 16 * 1024;

	private final Cache<String, List<CachedResponse>> answers;

	private final ConcurrentMap<String, PendingFetch> flights = new ConcurrentHashMap<>();

	/**
	 * Counts the changes of URIs, several URIs at each. An answer that was asked for
	 * before a change is not kept after it.
	 */
	private final AtomicLongArray changes = new AtomicLongArray(SLOTS);

	/**
	 * Hashes of URIs whose last answer was not one to wait for. One that pushes out
	 * another costs those who ask for that one a single wait.
	 */
	private final AtomicIntegerArray solitary = new AtomicIntegerArray(SLOTS);

	private final AtomicLong evictions = new AtomicLong();

	/**
	 * An empty one.
	 * @param maxBytes what all answers together may take
	 */
	ResponseCache(long maxBytes) {
		this.answers = Caffeine.newBuilder()
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

	/** The latest answer to a request; null if there is none. */
	@Nullable CachedResponse find(String uri, HttpHeaders request) {
		List<CachedResponse> variants = this.answers.getIfPresent(uri);
		if (variants != null) {
			for (CachedResponse variant : variants) {
				if (variant.matches(request)) {
					return variant;
				}
			}
		}
		return null;
	}

	/** Whether there is an answer to another request for the same URI. */
	boolean knows(String uri) {
		return this.answers.asMap().containsKey(uri);
	}

	/**
	 * What a request that is about to be sent must remember.
	 * @param uri what it asks for
	 */
	long changes(String uri) {
		return this.changes.get(slot(uri));
	}

	/**
	 * Keeps an answer, in place of the one to the same request, unless something has
	 * changed since it was asked for.
	 * @param uri what it answers
	 * @param answer the answer
	 * @param changes what was remembered when it was asked for
	 */
	void put(String uri, CachedResponse answer, long changes) {
		this.answers.asMap().compute(uri, (key, before) -> {
			if (changes(uri) != changes) {
				return before;
			}
			List<CachedResponse> after = new ArrayList<>();
			after.add(answer);
			if (before != null) {
				before.stream()
					.filter((variant) -> !variant.varies().equals(answer.varies()))
					.limit(MAX_VARIANTS - 1L)
					.forEach(after::add);
			}
			return List.copyOf(after);
		});
	}

	/** Forgets all answers to a URI, those that are under way among them. */
	void invalidate(String uri) {
		this.changes.incrementAndGet(slot(uri));
		this.answers.invalidate(uri);
		PendingFetch flight = this.flights.remove(uri);
		if (flight != null) {
			flight.land();
		}
	}

	/**
	 * Sets out for an answer.
	 * @param uri to what
	 * @param flight the request that sets out
	 * @return the one that has set out before and is under way; null if there is none
	 */
	@Nullable PendingFetch setOut(String uri, PendingFetch flight) {
		return this.flights.putIfAbsent(uri, flight);
	}

	/** It has its answer, or will not get one that others can wait for. */
	void end(String uri, PendingFetch flight) {
		this.flights.remove(uri, flight);
		flight.land();
	}

	/** Whether those who ask for a URI at the same time are to wait for each other. */
	boolean isShared(String uri) {
		return this.solitary.get(slot(uri)) != mark(uri);
	}

	/**
	 * Notes whether the last answer was one to wait for.
	 * @param uri what it answered
	 * @param shared whether it was
	 */
	void shared(String uri, boolean shared) {
		int slot = slot(uri);
		if (!shared) {
			this.solitary.lazySet(slot, mark(uri));
		}
		else if (this.solitary.get(slot) == mark(uri)) {
			this.solitary.lazySet(slot, 0);
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

	/** What the answers take in memory. */
	long bytes() {
		return this.answers.policy().eviction().map((eviction) -> eviction.weightedSize().orElse(0)).orElse(0L);
	}

	/** How many URIs had to make room for others. */
	long evictions() {
		return this.evictions.get();
	}

}
