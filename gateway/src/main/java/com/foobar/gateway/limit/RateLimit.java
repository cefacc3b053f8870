package com.foobar.gateway.limit;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import org.jspecify.annotations.Nullable;

/**
 * Has this client asked too often? A bucket for each client, full at first, that refills
 * evenly.
 * <p>
 * A bucket is one number, the moment at which it will be full again (the generic cell
 * rate algorithm, ITU-T I.371): taking from it moves that moment further away. A moment
 * in the past is the same as a bucket never used, so those are forgotten without loss. If
 * there are more clients than may be counted, newcomers are let through: the limits on
 * concurrency hold for them as well.
 * <p>
 * Thread-safe; never blocks.
 */
public final class RateLimit {

	private final ConcurrentHashMap<Long, AtomicLong> fullAt = new ConcurrentHashMap<>();

	private final int requests;

	private final long window;

	private final long interval;

	private final int clients;

	private final LongSupplier nanoTime;

	private final AtomicLong sweptAt;

	/**
	 * @param requests what a full bucket holds; 0 for no limit
	 * @param window time in which an empty bucket fills
	 * @param clients most clients to count
	 * @param nanoTime the clock
	 */
	RateLimit(int requests, Duration window, int clients, LongSupplier nanoTime) {
		this.requests = requests;
		this.window = window.toNanos();
		this.interval = (requests > 0) ? Math.max(1, this.window / requests) : 0;
		this.clients = clients;
		this.nanoTime = nanoTime;
		this.sweptAt = new AtomicLong(nanoTime.getAsLong());
	}

	/** Whether there is a limit. */
	public boolean isOn() {
		return this.requests > 0;
	}

	/** The policy as the header {@code RateLimit-Policy} tells it. */
	public String policy() {
		return "\"address\";q=" + this.requests + ";w=" + Duration.ofNanos(this.window).toSeconds();
	}

	/**
	 * Takes one request from the client's bucket, if there is one in it.
	 * @param client whose
	 */
	public Verdict take(InetAddress client) {
		long now = this.nanoTime.getAsLong();
		AtomicLong bucket = bucket(key(client), now);
		if (bucket == null) {
			return new Verdict(true, this.requests, 0);
		}
		while (true) {
			long before = bucket.get();
			long full = Math.max(before - now, 0);
			long after = full + this.interval;
			if (after > this.window) {
				return new Verdict(false, 0, after - this.window);
			}
			if (bucket.compareAndSet(before, now + after)) {
				int left = (int) ((this.window - after) / this.interval);
				return new Verdict(true, left, (left > 0) ? after : after + this.interval - this.window);
			}
		}
	}

	private @Nullable AtomicLong bucket(Long key, long now) {
		AtomicLong known = this.fullAt.get(key);
		if (known != null) {
			return known;
		}
		if (this.fullAt.mappingCount() >= this.clients && !sweep(now)) {
			return null;
		}
		return this.fullAt.computeIfAbsent(key, (absent) -> new AtomicLong(now));
	}

	// At most once a second: with more clients than may be counted, every one of them
	// would otherwise look through all.
	private boolean sweep(long now) {
		long last = this.sweptAt.get();
		if (now - last >= 1_000_000_000L && this.sweptAt.compareAndSet(last, now)) {
			this.fullAt.values().removeIf((full) -> full.get() - now <= 0);
		}
		return this.fullAt.mappingCount() < this.clients;
	}

	/** Clients that are counted at present. */
	long counted() {
		return this.fullAt.mappingCount();
	}

	// One customer of a provider has at least a /64 to himself. No address of IPv6 that
	// reaches us begins with 0000:ffff, so IPv4 has those for itself.
	private static Long key(InetAddress client) {
		byte[] address = client.getAddress();
		long key = (address.length == 4) ? 0xffffL : 0;
		for (int i = 0; i < Math.min(address.length, 8); i++) {
			key = (key << 8) | (address[i] & 0xff);
		}
		return key;
	}

	/**
	 * What a client is told.
	 *
	 * @param granted whether the request may go on
	 * @param left requests that may follow at once
	 * @param nanos nanoseconds until all are available again; if none is left, until one
	 * is
	 */
	public record Verdict(boolean granted, int left, long nanos) {

		/** That time in seconds, rounded up, at least 1. */
		public int seconds() {
			return (int) Math.max(1, (this.nanos + 999_999_999L) / 1_000_000_000L);
		}

		/** The value of the header {@code RateLimit}. */
		public String header() {
			return "\"address\";r=" + this.left + ";t=" + seconds();
		}

	}

}
