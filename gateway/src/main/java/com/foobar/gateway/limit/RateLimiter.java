package com.foobar.gateway.limit;

import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

/**
 * Has this client sent too many requests? A token bucket for each client, full at first,
 * that refills evenly.
 * <p>
 * A bucket is one number, the time at which it will be full again (the generic cell rate
 * algorithm, ITU-T I.371): taking from it moves that time further away. A bucket that was
 * not used for a whole window is full, so it is dropped without loss. If there are more
 * clients than may be counted, those with the fewest requests are dropped, and start with
 * a full bucket: the limits on concurrency hold for them as well.
 * <p>
 * Thread-safe; never blocks.
 */
public final class RateLimiter {

	private final Cache<Long, AtomicLong> fullAt;

	private final int requests;

	private final long window;

	private final long interval;

	private final LongSupplier nanoTime;

	/**
	 * @param requests what a full bucket holds; 0 for no limit
	 * @param window time in which an empty bucket fills
	 * @param clients most clients to count
	 * @param nanoTime the clock
	 */
	public RateLimiter(int requests, Duration window, int clients, LongSupplier nanoTime) {
		this.requests = requests;
		this.window = window.toNanos();
		this.interval = (requests > 0) ? Math.max(1, this.window / requests) : 0;
		this.nanoTime = nanoTime;
		this.fullAt = Caffeine.newBuilder()
			.maximumSize(clients)
			.expireAfterAccess(window)
			.ticker(nanoTime::getAsLong)
			.executor(Runnable::run)
			.build();
	}

	/** Whether there is a limit. */
	public boolean isOn() {
		return this.requests > 0;
	}

	/** The value of the header {@code RateLimit-Policy}. */
	public String policy() {
		return "\"address\";q=" + this.requests + ";w=" + Duration.ofNanos(this.window).toSeconds();
	}

	/** Takes one token from the client's bucket, if it has one. */
	public Decision tryAcquire(InetAddress client) {
		long now = this.nanoTime.getAsLong();
		AtomicLong bucket = this.fullAt.get(key(client), (absent) -> new AtomicLong(now));
		while (true) {
			long before = bucket.get();
			long full = Math.max(before - now, 0);
			long after = full + this.interval;
			if (after > this.window) {
				return new Decision(false, 0, after - this.window);
			}
			if (bucket.compareAndSet(before, now + after)) {
				int remaining = (int) ((this.window - after) / this.interval);
				return new Decision(true, remaining, (remaining > 0) ? after : after + this.interval - this.window);
			}
		}
	}

	/** Puts one token back, as if the client's last request had not been made. */
	public void refund(InetAddress client) {
		AtomicLong bucket = this.fullAt.getIfPresent(key(client));
		if (bucket != null) {
			bucket.addAndGet(-this.interval);
		}
	}

	/** Clients that are counted now. */
	long counted() {
		this.fullAt.cleanUp();
		return this.fullAt.estimatedSize();
	}

	// An IPv6 customer has at least a /64. No routable IPv6 address begins with
	// 0000:ffff, so IPv4 uses those keys.
	private static Long key(InetAddress client) {
		byte[] address = client.getAddress();
		long key = (address.length == 4) ? 0xffffL : 0;
		for (int i = 0; i < Math.min(address.length, 8); i++) {
			key = (key << 8) | (address[i] & 0xff);
		}
		return key;
	}

	/**
	 * Whether a request is allowed, and the values of the headers.
	 *
	 * @param allowed whether the request may go on
	 * @param remaining requests that may follow at once
	 * @param nanos nanoseconds until the bucket is full; if it is empty, until it has one
	 * token
	 */
	public record Decision(boolean allowed, int remaining, long nanos) {

		/** That time in seconds, rounded up, at least 1. */
		public int seconds() {
			return (int) Math.max(1, (this.nanos + 999_999_999L) / 1_000_000_000L);
		}

		/** The value of the header {@code RateLimit}. */
		public String header() {
			return "\"address\";r=" + this.remaining + ";t=" + seconds();
		}

	}

}
