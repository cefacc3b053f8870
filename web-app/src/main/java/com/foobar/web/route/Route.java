package com.foobar.web.route;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The route of one request: the instance that served it and the database nodes that ran
 * its statements. Scoped to the request and confined to its thread. Templates read it
 * from the request attribute {@link #ATTRIBUTE}.
 */
public final class Route {

	/** The request attribute, absent if the route is not shown. */
	public static final String ATTRIBUTE = "route";

	private final String instance;

	private final Set<String> nodes = new LinkedHashSet<>();

	private final boolean forwarded;

	private final LongSupplier nanoClock;

	private final long startedAt;

	Route(String instance, boolean forwarded, LongSupplier nanoClock) {
		this.instance = instance;
		this.forwarded = forwarded;
		this.nanoClock = nanoClock;
		this.startedAt = nanoClock.getAsLong();
	}

	/**
	 * Whether the request was forwarded by the gateway.
	 * @return whether it was
	 */
	public boolean isForwarded() {
		return this.forwarded;
	}

	/**
	 * How long the request has taken so far.
	 * @return milliseconds, at least one
	 */
	public long getMillis() {
		return Math.max(1, (this.nanoClock.getAsLong() - this.startedAt + 500_000) / 1_000_000);
	}

	/**
	 * The instance that serves the request.
	 * @return its name
	 */
	public String getInstance() {
		return this.instance;
	}

	/**
	 * The database nodes that ran statements so far.
	 * @return their names, the most recent last; empty if there are none
	 */
	public List<String> getNodes() {
		return List.copyOf(this.nodes);
	}

	void record(String node) {
		this.nodes.remove(node);
		this.nodes.add(node);
	}

	/**
	 * The value of a {@code Server-Timing} header.
	 * @return metrics {@code app} and, once for each node, {@code db}
	 */
	String serverTiming() {
		long tenths = (this.nanoClock.getAsLong() - this.startedAt) / 100_000;
		StringBuilder value = new StringBuilder("app;desc=").append(quoted(this.instance))
			.append(";dur=")
			.append(tenths / 10)
			.append('.')
			.append(tenths % 10);
		for (String node : this.nodes) {
			value.append(", db;desc=").append(quoted(node));
		}
		return value.toString();
	}

	private static String quoted(String text) {
		return '"' + text.replaceAll("[^\\x20-\\x7e]", "?").replace("\\", "\\\\").replace("\"", "\\\"") + '"';
	}

}
