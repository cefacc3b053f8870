package com.foobar.gateway.health;

import java.util.List;

import com.foobar.gateway.backend.DatabaseReport;

/**
 * What one check of one backend found.
 */
sealed interface CheckResult {

	/**
	 * It is ready.
	 *
	 * @param writes whether it says that it can write
	 * @param databases what it says of its databases; empty if nothing
	 */
	record Ready(boolean writes, List<DatabaseReport> databases) implements CheckResult {

		Ready(boolean writes) {
			this(writes, List.of());
		}

	}

	/**
	 * It answered that it is not ready.
	 *
	 * @param reason its words
	 */
	record Refused(String reason) implements CheckResult {
	}

	/**
	 * It did not answer, or not in a way that can be understood.
	 *
	 * @param error what happened instead
	 */
	record Failed(String error) implements CheckResult {
	}

}
