package com.foobar.local.database;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How a replica stands, in the server's words.
 *
 * @param fetching {@code Yes}, {@code No}, {@code Connecting} or {@code Preparing}
 * @param applying {@code Yes} or {@code No}
 * @param lag {@code null} if the server does not know it, which is not zero
 * @param error the last error, empty if there is none
 */
public record ReplicationStatus(String fetching, String applying, @Nullable Duration lag, String error) {

	public boolean isRunning() {
		return this.fetching.equals("Yes") && this.applying.equals("Yes");
	}

}
