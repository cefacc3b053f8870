package com.foobar.gateway.backend;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The state of one backend at one moment.
 *
 * @param backend whose state this is
 * @param health what its health checks, and failures to connect, found
 * @param writes whether it reports that it can write; true until it reports otherwise
 * @param since when the health state last changed
 * @param lastError why the last failed check or connection failed; kept after recovery
 * @param successes consecutive successful checks
 * @param failures consecutive failed checks
 * @param ejection whether it is ejected because its requests failed
 * @param overrides what the administrator has set
 */
public record BackendState(Backend backend, HealthState health, boolean writes, Instant since,
		@Nullable String lastError, int successes, int failures, Ejection ejection, AdminOverrides overrides) {

	/**
	 * The state of a backend that was never ejected and has no overrides.
	 * @param backend whose state this is
	 * @param health what its health checks found
	 * @param writes whether it can write
	 * @param since when the health state last changed
	 * @param lastError why the last failed check or connection failed
	 * @param successes consecutive successful checks
	 * @param failures consecutive failed checks
	 */
	public BackendState(Backend backend, HealthState health, boolean writes, Instant since, @Nullable String lastError,
			int successes, int failures) {
		this(backend, health, writes, since, lastError, successes, failures, Ejection.NONE,
				AdminOverrides.configured(backend));
	}

	/** The state of a backend that was not checked yet. */
	public static BackendState unknown(Backend backend, Instant now) {
		return new BackendState(backend, HealthState.UNKNOWN, true, now, null, 0, 0);
	}

	/**
	 * The state after a check.
	 * @param next its health state
	 * @param canWrite whether it can write
	 * @param error why the check failed; null if it succeeded
	 * @param consecutiveSuccesses consecutive successful checks
	 * @param consecutiveFailures consecutive failed checks
	 * @param now when
	 */
	public BackendState checked(HealthState next, boolean canWrite, @Nullable String error, int consecutiveSuccesses,
			int consecutiveFailures, Instant now) {
		return new BackendState(this.backend, next, canWrite, (next != this.health) ? now : this.since,
				(error != null) ? error : this.lastError, consecutiveSuccesses, consecutiveFailures, this.ejection,
				this.overrides);
	}

	/** The state after an ejection. */
	public BackendState ejected(Ejection next, String error) {
		return new BackendState(this.backend, this.health, this.writes, this.since, error, this.successes,
				this.failures, next, this.overrides);
	}

	/**
	 * The state after a request could not be sent to the backend: it is excluded at once,
	 * because each further request would lose the same time. The next successful check
	 * includes it again.
	 */
	BackendState suspected(String error, Instant now) {
		return (this.health == HealthState.UP)
				? checked(HealthState.SUSPECTED, this.writes, error, 0, this.failures, now) : this;
	}

	/**
	 * The state after a change by the administrator. After maintenance it must pass a
	 * check before it serves, because it was not checked meanwhile.
	 */
	BackendState overridden(AdminOverrides next, Instant now) {
		BackendState state = new BackendState(this.backend, this.health, this.writes, this.since, this.lastError,
				this.successes, this.failures, this.ejection, next);
		boolean unchecked = this.overrides.adminState() == AdminState.MAINTENANCE
				&& next.adminState() != AdminState.MAINTENANCE;
		return unchecked ? state.checked(HealthState.UNKNOWN, this.writes, null, 0, 0, now) : state;
	}

	/** Whether it could serve: up, and not excluded by the administrator. */
	public boolean available() {
		return this.health == HealthState.UP && this.overrides.servable();
	}

	/**
	 * When it last started to serve. A backend that serves in spite of an ejection did
	 * not stop.
	 */
	Instant servingSince(Instant now) {
		Instant since = latest(this.since, this.overrides.since());
		return this.ejection.isActive(now) ? since : latest(since, this.ejection.until());
	}

	private static Instant latest(Instant first, Instant second) {
		return first.isBefore(second) ? second : first;
	}

	/**
	 * The health of a backend. Only one that is {@link #UP} gets requests.
	 */
	public enum HealthState {

		/** Never checked. */
		UNKNOWN,

		/** Ready. */
		UP,

		/** A request could not be sent to it; excluded until a check succeeds. */
		SUSPECTED,

		/** It responds to its checks that it is not ready. */
		NOT_READY,

		/** It does not respond to its checks. */
		DOWN

	}

	/**
	 * The administrative state of a backend.
	 */
	public enum AdminState {

		/** Serves whenever it is healthy. */
		READY,

		/** Gets no new requests and finishes its active ones. Health checks go on. */
		DRAIN,

		/** As drain, without health checks. */
		MAINTENANCE

	}

	/**
	 * What the administrator has set for a backend. It holds until changed, until the
	 * backend's address disappears, or until the gateway restarts.
	 *
	 * @param adminState its administrative state
	 * @param weight its share of the requests, relative to the others; 0 for none
	 * @param since when the state was last changed
	 */
	public record AdminOverrides(AdminState adminState, int weight, Instant since) {

		static AdminOverrides configured(Backend backend) {
			return new AdminOverrides(AdminState.READY, backend.weight(), Instant.MIN);
		}

		/** Whether the administrator lets it get requests. */
		boolean servable() {
			return this.adminState == AdminState.READY && this.weight > 0;
		}

		AdminOverrides with(AdminState next, Instant now) {
			return (next != this.adminState) ? new AdminOverrides(next, this.weight, now) : this;
		}

		AdminOverrides with(int newWeight) {
			return new AdminOverrides(this.adminState, newWeight, this.since);
		}

	}

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

		/** Whether the backend is ejected. */
		public boolean isActive(Instant now) {
			return now.isBefore(this.until);
		}

	}

}
