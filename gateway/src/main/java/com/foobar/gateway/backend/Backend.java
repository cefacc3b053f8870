package com.foobar.gateway.backend;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * One instance that serves requests: an address, and its active requests. Its health is
 * in {@link BackendState}.
 * <p>
 * Thread-safe. Equality is identity: an address that disappears and returns is a new
 * backend.
 */
public final class Backend {

	private final String name;

	private final boolean secure;

	private final InetSocketAddress address;

	private final int weight;

	private final boolean backup;

	private final AtomicInteger inFlight = new AtomicInteger();

	private final AtomicInteger consecutiveFailures = new AtomicInteger();

	private final LongAdder requests = new LongAdder();

	/**
	 * A backend of weight 1 that is not a backup.
	 * @param name displayed name: {@code address:port}
	 * @param secure whether it uses TLS
	 * @param address resolved; its host string is the configured name
	 */
	public Backend(String name, boolean secure, InetSocketAddress address) {
		this(name, secure, address, 1, false);
	}

	/**
	 * @param name displayed name: {@code address:port}
	 * @param secure whether it uses TLS
	 * @param address resolved; its host string is the configured name
	 * @param weight its configured share of the requests, relative to the others; 0 for
	 * none
	 * @param backup whether it serves only when no active backend can
	 */
	public Backend(String name, boolean secure, InetSocketAddress address, int weight, boolean backup) {
		this.name = name;
		this.secure = secure;
		this.address = address;
		this.weight = weight;
		this.backup = backup;
	}

	static Backend at(BackendUrl url, InetAddress address) {
		String literal = address.getHostAddress();
		String name = (literal.contains(":") ? "[" + literal + "]" : literal) + ":" + url.port();
		return new Backend(name, url.secure(), new InetSocketAddress(address, url.port()), url.weight(), url.backup());
	}

	public String name() {
		return this.name;
	}

	public boolean secure() {
		return this.secure;
	}

	public InetSocketAddress address() {
		return this.address;
	}

	/** Its configured share of the requests, relative to the others; 0 for none. */
	public int weight() {
		return this.weight;
	}

	/** Whether it serves only when no active backend can. */
	public boolean backup() {
		return this.backup;
	}

	/** Attempts that have started and not ended. */
	public int inFlight() {
		return this.inFlight.get();
	}

	/** Attempts started since the backend was discovered. */
	public long requests() {
		return this.requests.sum();
	}

	/** Records the start of an attempt; {@link #end()} must follow exactly once. */
	public void begin() {
		this.inFlight.incrementAndGet();
		this.requests.increment();
	}

	/** Records the end of an attempt, whatever its outcome. */
	public void end() {
		this.inFlight.decrementAndGet();
	}

	/** Records a failed request, and returns the number of consecutive ones. */
	public int failed() {
		return this.consecutiveFailures.incrementAndGet();
	}

	/** Resets the consecutive failures after a success or an ejection. */
	public void forgetFailures() {
		// Reads first: a write would move the cache line between cores at each request.
		if (this.consecutiveFailures.get() != 0) {
			this.consecutiveFailures.set(0);
		}
	}

	@Override
	public String toString() {
		return this.name;
	}

}
