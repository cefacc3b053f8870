package com.foobar.gateway.backend;

import java.time.Instant;

/**
 * The exclusion of a backend because its requests failed, whatever its health checks
 * found.
 *
 * @param level ejections in short succession; each makes the next one longer
 * @param total ejections since the backend was discovered
 * @param until when the last one ends or ended
 */
public record Ejection(int level, int total, Instant until) {

	/** Never ejected. */
	public static final Ejection NONE = new Ejection(0, 0, Instant.MIN);

	/**
	 * Whether the backend is ejected.
	 * @param now the time
	 */
	public boolean isActive(Instant now) {
		return now.isBefore(this.until);
	}

}
