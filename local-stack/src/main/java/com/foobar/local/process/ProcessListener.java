package com.foobar.local.process;

/**
 * Hears of each process at once, before it is ready: so one that is left behind can be
 * found.
 */
@FunctionalInterface
public interface ProcessListener {

	void started(String part, ProcessHandle process);

}
