package com.foobar.gateway.backend;

import java.time.Instant;

/**
 * How a backend was taken out because the requests sent there failed, whatever its checks
 * say.
 *
 * @param level times in short succession; each makes the next last longer
 * @param total times since the backend was found
 * @param until when the last one ends or ended
 */
public record Ejection(int level, int total, Instant until) {

	/** Never ejected. */
	public static final Ejection NONE = new Ejection(0, 0, Instant.MIN);

	/**
	 * Whether it is out.
	 * @param now the time
	 */
	public boolean isOut(Instant now) {
		return now.isBefore(this.until);
	}

}
