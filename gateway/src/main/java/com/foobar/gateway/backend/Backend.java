package com.foobar.gateway.backend;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * One instance that serves requests: an address, and what is under way there. What is
 * known of its health is in {@link BackendState}.
 * <p>
 * Thread-safe. Two backends are equal only if they are the same object: an address that
 * vanishes and returns is a new backend.
 */
public final class Backend {

	private final String name;

	private final boolean secure;

	private final InetSocketAddress address;

	private final int weight;

	private final boolean backup;

	private final AtomicInteger inFlight = new AtomicInteger();

	private final AtomicInteger failuresInARow = new AtomicInteger();

	private final LongAdder requests = new LongAdder();

	/**
	 * A backend of weight 1 that is no backup.
	 * @param name what people see: {@code address:port}
	 * @param secure whether it speaks TLS
	 * @param address resolved; its host string is the configured name
	 */
	public Backend(String name, boolean secure, InetSocketAddress address) {
		this(name, secure, address, 1, false);
	}

	/**
	 * @param name what people see: {@code address:port}
	 * @param secure whether it speaks TLS
	 * @param address resolved; its host string is the configured name
	 * @param weight its configured share of the requests, relative to the others; 0 for
	 * none
	 * @param backup whether it serves only when no other can
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

	/** Whether it serves only when no other can. */
	public boolean backup() {
		return this.backup;
	}

	/** Attempts that have begun and not ended. */
	public int inFlight() {
		return this.inFlight.get();
	}

	/** Attempts begun since the backend was first seen. */
	public long requests() {
		return this.requests.sum();
	}

	/** Notes the begin of an attempt; {@link #end()} must follow exactly once. */
	public void begin() {
		this.inFlight.incrementAndGet();
		this.requests.increment();
	}

	/** Notes the end of an attempt, however it ended. */
	public void end() {
		this.inFlight.decrementAndGet();
	}

	/**
	 * Notes that a request failed there.
	 * @return failures since the last success
	 */
	public int failed() {
		return this.failuresInARow.incrementAndGet();
	}

	/** Notes that a request succeeded there, or that its failures are dealt with. */
	public void forgetFailures() {
		// Reading first: writing would pull the counter from core to core with each
		// request.
		if (this.failuresInARow.get() != 0) {
			this.failuresInARow.set(0);
		}
	}

	@Override
	public String toString() {
		return this.name;
	}

}
