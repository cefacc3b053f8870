package com.foobar.gateway.backends;

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

	private final AtomicInteger inFlight = new AtomicInteger();

	private final LongAdder requests = new LongAdder();

	/**
	 * @param name what people see: {@code address:port}
	 * @param secure whether it speaks TLS
	 * @param address resolved; its host string is the configured name
	 */
	public Backend(String name, boolean secure, InetSocketAddress address) {
		this.name = name;
		this.secure = secure;
		this.address = address;
	}

	static Backend at(BackendUrl url, InetAddress address) {
		String literal = address.getHostAddress();
		String name = (literal.contains(":") ? "[" + literal + "]" : literal) + ":" + url.port();
		return new Backend(name, url.secure(), new InetSocketAddress(address, url.port()));
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

	@Override
	public String toString() {
		return this.name;
	}

}
