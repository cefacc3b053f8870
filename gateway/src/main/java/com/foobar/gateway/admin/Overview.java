package com.foobar.gateway.admin;

import java.time.Instant;
import java.util.List;

import com.foobar.gateway.backend.BackendState.AdminState;
import com.foobar.gateway.backend.BackendState.HealthState;
import org.jspecify.annotations.Nullable;

/**
 * The data of the console. Rates and durations cover the last ten seconds, and are null
 * until there is a sample to compare with.
 *
 * @param gateway the gateway itself
 * @param backends the backends, in the order of configuration
 * @param databases the databases that backends report
 */
record Overview(Gateway gateway, List<BackendLine> backends, List<DatabaseLine> databases) {

	/**
	 * The gateway.
	 *
	 * @param name its host name
	 * @param started time of its start
	 * @param now its current time
	 * @param serving number of backends that get requests
	 * @param writable number of those that can write
	 * @param adminEnabled whether changes are enabled
	 * @param cached share of the reads that were served from the cache, from 0 to 1; null
	 * if there were none
	 * @param traffic total of all backends
	 */
	record Gateway(String name, Instant started, Instant now, int serving, int writable, boolean adminEnabled,
			@Nullable Double cached, Traffic traffic) {
	}

	/**
	 * Requests.
	 *
	 * @param inFlight active requests
	 * @param perSecond requests started per second
	 * @param failedPerSecond requests with a 5xx or without a response per second
	 * @param p50Millis median duration
	 * @param p99Millis 99th percentile of the duration
	 */
	record Traffic(int inFlight, @Nullable Double perSecond, @Nullable Double failedPerSecond,
			@Nullable Double p50Millis, @Nullable Double p99Millis) {
	}

	/**
	 * One backend.
	 *
	 * @param name address and port
	 * @param host configured host name
	 * @param backup whether it serves only when no active backend can
	 * @param serving whether it gets requests
	 * @param state its health
	 * @param adminState its administrative state
	 * @param weight its weight
	 * @param writes whether it can write
	 * @param since when its health last changed
	 * @param lastError why the last check or request failed
	 * @param ejections number of ejections
	 * @param ejectedUntil end of its ejection; null if it is not ejected
	 * @param traffic its requests
	 */
	record BackendLine(String name, String host, boolean backup, boolean serving, HealthState state,
			AdminState adminState, int weight, boolean writes, Instant since, @Nullable String lastError, int ejections,
			@Nullable Instant ejectedUntil, Traffic traffic) {
	}

	/**
	 * One database.
	 *
	 * @param name the backends' name for it
	 * @param role primary or replica
	 * @param eligible number of backends that use it for new transactions
	 * @param reporting number of backends that report it
	 * @param status its state as text; the worst if backends report different ones
	 * @param lagMillis the longest reported lag; null if none is reported
	 * @param readShare its share of all reads, from 0 to 1; null if there were none
	 * @param writeShare its share of all writes
	 * @param readsPerSecond read-only connections per second
	 * @param writesPerSecond connections per second that may have written
	 */
	record DatabaseLine(String name, String role, int eligible, int reporting, String status, @Nullable Long lagMillis,
			@Nullable Double readShare, @Nullable Double writeShare, @Nullable Double readsPerSecond,
			@Nullable Double writesPerSecond) {
	}

}
