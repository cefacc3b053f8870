package com.foobar.routing.monitor;

/**
 * Looks at one server. Used by one thread at a time.
 */
interface Probe extends AutoCloseable {

	/**
	 * Look. May block for as long as connecting and asking may take.
	 * @return what was found; failures are findings too
	 */
	Observation look();

	@Override
	void close();

}
