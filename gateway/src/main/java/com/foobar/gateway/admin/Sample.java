package com.foobar.gateway.admin;

import java.util.Map;

import com.foobar.gateway.backend.Backend;
import org.jspecify.annotations.Nullable;

/**
 * All counters at one moment. Immutable.
 *
 * @param nanos when, by {@link System#nanoTime()}
 * @param attempts of each backend
 * @param connections that backends have opened to databases
 * @param lookUps in the cache
 */
record Sample(long nanos, Map<Backend, Attempts> attempts, Map<Usage, Connections> connections, LookUps lookUps) {

	/**
	 * Who uses which database.
	 *
	 * @param backend who
	 * @param database its name
	 */
	record Usage(Backend backend, String database) {
	}

	/**
	 * Attempts at one backend.
	 *
	 * @param failed those that were answered by a 5xx or not at all
	 * @param latencies of all
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
	 * @param reads to read
	 * @param writes that may have written
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
	 * Requests that could be answered from the cache.
	 *
	 * @param kept those that were
	 * @param all all of them
	 */
	record LookUps(long kept, long all) {

		static final LookUps NONE = new LookUps(0, 0);

		/** The share that was; null if there were none. */
		@Nullable Double shareSince(LookUps before) {
			long difference = this.all - before.all;
			return (difference > 0) ? (double) (this.kept - before.kept) / difference : null;
		}

	}

}
