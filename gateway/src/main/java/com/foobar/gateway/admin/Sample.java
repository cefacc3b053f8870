package com.foobar.gateway.admin;

import java.util.Map;

import com.foobar.gateway.backend.Backend;
import org.jspecify.annotations.Nullable;

/**
 * All counters at one moment. Immutable.
 *
 * @param nanos time of the sample by {@link System#nanoTime()}
 * @param attempts attempts by backend
 * @param connections connections from backends to databases
 * @param lookups lookups in the cache
 */
record Sample(long nanos, Map<Backend, Attempts> attempts, Map<Usage, Connections> connections, Lookups lookups) {

	/**
	 * A backend's use of a database.
	 *
	 * @param backend the backend
	 * @param database its name
	 */
	record Usage(Backend backend, String database) {
	}

	/**
	 * Attempts at one backend.
	 *
	 * @param failed attempts with a 5xx or without a response
	 * @param latencies durations of all attempts
	 */
	record Attempts(long failed, Latencies latencies) {

		static final Attempts NONE = new Attempts(0, Latencies.NONE);

		Attempts plus(Attempts other) {
			return new Attempts(this.failed + other.failed, this.latencies.plus(other.latencies));
		}

		Attempts since(Attempts before) {
			return new Attempts(Math.max(0, this.failed - before.failed), this.latencies.since(before.latencies));
		}

	}

	/**
	 * Connections to one database.
	 *
	 * @param reads read-only connections
	 * @param writes connections that may have written
	 */
	record Connections(long reads, long writes) {

		static final Connections NONE = new Connections(0, 0);

		Connections plus(Connections other) {
			return new Connections(this.reads + other.reads, this.writes + other.writes);
		}

		// A backend that was restarted counts from zero.
		Connections since(Connections before) {
			return new Connections(Math.max(0, this.reads - before.reads), Math.max(0, this.writes - before.writes));
		}

	}

	/**
	 * Requests that looked in the cache.
	 *
	 * @param hits requests served from it
	 * @param all all requests
	 */
	record Lookups(long hits, long all) {

		static final Lookups NONE = new Lookups(0, 0);

		/** The hit ratio since an earlier sample; null without requests. */
		@Nullable Double hitRatioSince(Lookups before) {
			long difference = this.all - before.all;
			return (difference > 0) ? (double) (this.hits - before.hits) / difference : null;
		}

	}

}
