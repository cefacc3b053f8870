package com.foobar.gateway.health;

import java.util.List;

import com.foobar.gateway.backend.DatabaseReport;

/**
 * The result of one health check.
 */
sealed interface CheckResult {

	/**
	 * The backend is ready.
	 *
	 * @param writes whether it reports that it can write
	 * @param databases its databases; empty if it reports none
	 */
	record Ready(boolean writes, List<DatabaseReport> databases) implements CheckResult {

		Ready(boolean writes) {
			this(writes, List.of());
		}

	}

	/**
	 * The backend responded that it is not ready.
	 *
	 * @param reason its reason
	 */
	record NotReady(String reason) implements CheckResult {
	}

	/**
	 * No response, or one that is not understood.
	 *
	 * @param error the cause
	 */
	record Failed(String error) implements CheckResult {
	}

}
