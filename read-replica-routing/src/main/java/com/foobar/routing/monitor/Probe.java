package com.foobar.routing.monitor;

import org.jspecify.annotations.Nullable;

/**
 * Probes one server. Used by one thread at a time.
 */
interface Probe extends AutoCloseable {

	/**
	 * Probe the server. May block until the timeouts of connecting and of each statement.
	 * @return the result; failures are results too
	 */
	Observation probe();

	/**
	 * Which server the last probe reached. May be called by any thread.
	 * @return its identity, or {@code null} if unknown
	 */
	default @Nullable String server() {
		return null;
	}

	@Override
	void close();

}
