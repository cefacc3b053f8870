package com.foobar.gateway.admin;

import java.time.Instant;
import java.util.List;

import com.foobar.gateway.backend.AdminState;
import com.foobar.gateway.backend.HealthState;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows. Rates and times are those of the last ten seconds, and null until
 * there is something to compare with.
 *
 * @param gateway the gateway itself
 * @param backends each backend, in the order of configuration
 * @param databases each database that a backend reports
 */
record Overview(Gateway gateway, List<BackendLine> backends, List<DatabaseLine> databases) {

	/**
	 * The gateway.
	 *
	 * @param name of the machine
	 * @param started when it started
	 * @param now its clock
	 * @param serving how many backends are sent requests
	 * @param writable how many of them can write
	 * @param adminEnabled whether there is a password to give orders with
	 * @param cached share of the requests to read that needed no backend, from 0 to 1;
	 * null if there were none
	 * @param traffic all backends together
	 */
	record Gateway(String name, Instant started, Instant now, int serving, int writable, boolean adminEnabled,
			@Nullable Double cached, Traffic traffic) {
	}

	/**
	 * Requests.
	 *
	 * @param inFlight begun and not ended
	 * @param perSecond begun each second
	 * @param failedPerSecond answered by a 5xx or not at all
	 * @param p50Millis time to the answer of the faster half
	 * @param p99Millis time to the answer of all but the slowest hundredth
	 */
	record Traffic(int inFlight, @Nullable Double perSecond, @Nullable Double failedPerSecond,
			@Nullable Double p50Millis, @Nullable Double p99Millis) {
	}

	/**
	 * One backend.
	 *
	 * @param name address and port
	 * @param host the configured name
	 * @param backup whether it serves only when no other can
	 * @param serving whether it is sent requests
	 * @param state what its checks tell
	 * @param adminState what it is ordered to do
	 * @param weight its share
	 * @param writes whether it can write
	 * @param since when the state last changed
	 * @param lastError why the last check or request failed
	 * @param ejections how often it was ejected
	 * @param ejectedUntil until when; null if it is not
	 * @param traffic its requests
	 */
	record BackendLine(String name, String host, boolean backup, boolean serving, HealthState state,
			AdminState adminState, int weight, boolean writes, Instant since, @Nullable String lastError, int ejections,
			@Nullable Instant ejectedUntil, Traffic traffic) {
	}

	/**
	 * One database.
	 *
	 * @param name as the backends call it
	 * @param role primary or replica
	 * @param eligible how many backends send it new work
	 * @param reporting how many backends tell of it
	 * @param status in words; the worst, if backends do not agree
	 * @param lagMillis the longest reported; null if none is
	 * @param readShare its share of all reads, from 0 to 1; null if there were none
	 * @param writeShare its share of all writes
	 * @param readsPerSecond connections to read
	 * @param writesPerSecond connections that may have written
	 */
	record DatabaseLine(String name, String role, int eligible, int reporting, String status, @Nullable Long lagMillis,
			@Nullable Double readShare, @Nullable Double writeShare, @Nullable Double readsPerSecond,
			@Nullable Double writesPerSecond) {
	}

}
