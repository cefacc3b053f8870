package com.foobar.routing.monitor;

import org.jspecify.annotations.Nullable;

/**
 * Looks at one server. Used by one thread at a time.
 */
interface Probe extends AutoCloseable {

	/**
	 * Look. May block for as long as connecting and asking may take.
	 * @return what was found; failures are findings too
	 */
	Observation look();

	/**
	 * Which server the last look reached. May be asked by any thread.
	 * @return its identity, or {@code null} if it has not told
	 */
	default @Nullable String server() {
		return null;
	}

	@Override
	void close();

}
