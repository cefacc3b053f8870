package com.foobar.gateway.health;

/**
 * What one check of one backend found.
 */
sealed interface CheckResult {

	/**
	 * It is ready.
	 *
	 * @param writes whether it says that it can write
	 */
	record Ready(boolean writes) implements CheckResult {
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
