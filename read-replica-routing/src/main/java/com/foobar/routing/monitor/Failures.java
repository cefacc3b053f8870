package com.foobar.routing.monitor;

import org.apache.commons.logging.Log;

/**
 * Logs unexpected failures of the monitor's tasks, so that their schedules go on.
 */
final class Failures {

	private Failures() {
	}

	/**
	 * Log a failure. Never throws: a log that fails as well, for want of memory for
	 * instance, must not end the schedule.
	 * @param logger where to say it
	 * @param message what failed, and what comes next
	 * @param failure an exception or an error
	 */
	static void log(Log logger, String message, Throwable failure) {
		try {
			logger.error(message, failure);
		}
		catch (Throwable ex) {
			// There is nowhere left to say it.
			return;
		}
	}

}
