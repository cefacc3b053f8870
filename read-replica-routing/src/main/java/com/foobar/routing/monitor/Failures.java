package com.foobar.routing.monitor;

import org.apache.commons.logging.Log;

/**
 * Logs unexpected failures of the monitor's tasks, so that their schedules continue.
 */
final class Failures {

	private Failures() {
	}

	/**
	 * Log a failure. Never throws: a failing log, for lack of memory for instance, must
	 * not end the schedule.
	 * @param logger the log
	 * @param message what failed, and what follows
	 * @param failure an exception or an error
	 */
	static void log(Log logger, String message, Throwable failure) {
		try {
			logger.error(message, failure);
		}
		catch (Throwable ex) {
			// There is nowhere left to report it.
			return;
		}
	}

}
