package com.foobar.gateway.backend;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * What is known of one backend at one moment.
 *
 * @param backend whose state this is
 * @param condition what its checks, and failures to connect, tell
 * @param writes whether it says that it can write; true until it says otherwise
 * @param since when the condition last changed
 * @param lastError why the last failed check or connection failed; kept after recovery
 * @param successes checks that succeeded since the last that did not
 * @param failures checks that failed since the last that did not
 * @param ejection whether it was taken out for failing requests
 * @param orders what the operator wants of it
 */
public record BackendState(Backend backend, HealthState condition, boolean writes, Instant since,
		@Nullable String lastError, int successes, int failures, Ejection ejection, AdminOverrides orders) {

	/**
	 * The state of a backend that was never ejected and has no orders.
	 * @param backend whose state this is
	 * @param condition what its checks tell
	 * @param writes whether it can write
	 * @param since when the condition last changed
	 * @param lastError why the last failed check or connection failed
	 * @param successes checks that succeeded since the last that did not
	 * @param failures checks that failed since the last that did not
	 */
	public BackendState(Backend backend, HealthState condition, boolean writes, Instant since,
			@Nullable String lastError, int successes, int failures) {
		this(backend, condition, writes, since, lastError, successes, failures, Ejection.NONE,
				AdminOverrides.configured(backend));
	}

	/**
	 * The state of a backend of which nothing is known yet.
	 * @param backend the new backend
	 * @param now when it was found
	 */
	public static BackendState unknown(Backend backend, Instant now) {
		return new BackendState(backend, HealthState.UNKNOWN, true, now, null, 0, 0);
	}

	/**
	 * The state after a check.
	 * @param next what the backend is now
	 * @param canWrite whether it can write
	 * @param error why the check failed; null if it did not
	 * @param inARow checks that succeeded since the last that did not
	 * @param failedInARow checks that failed since the last that did not
	 * @param now when
	 */
	public BackendState checked(HealthState next, boolean canWrite, @Nullable String error, int inARow,
			int failedInARow, Instant now) {
		return new BackendState(this.backend, next, canWrite, (next != this.condition) ? now : this.since,
				(error != null) ? error : this.lastError, inARow, failedInARow, this.ejection, this.orders);
	}

	/**
	 * The state after an ejection.
	 * @param next how it is ejected
	 * @param error why
	 */
	public BackendState ejected(Ejection next, String error) {
		return new BackendState(this.backend, this.condition, this.writes, this.since, error, this.successes,
				this.failures, next, this.orders);
	}

	/**
	 * The state after a request could not be carried to the backend: it is left out at
	 * once, because every further request would lose the same time there. The next
	 * successful check takes it back.
	 * @param error why
	 * @param now when
	 */
	BackendState suspected(String error, Instant now) {
		return (this.condition == HealthState.UP)
				? checked(HealthState.SUSPECTED, this.writes, error, 0, this.failures, now) : this;
	}

	/**
	 * The state after an order. Back from maintenance it must pass a check before it
	 * serves: nobody has looked after it meanwhile.
	 * @param next what is ordered
	 * @param now when
	 */
	BackendState ordered(AdminOverrides next, Instant now) {
		BackendState state = new BackendState(this.backend, this.condition, this.writes, this.since, this.lastError,
				this.successes, this.failures, this.ejection, next);
		boolean unchecked = this.orders.adminState() == AdminState.MAINTENANCE
				&& next.adminState() != AdminState.MAINTENANCE;
		return unchecked ? state.checked(HealthState.UNKNOWN, this.writes, null, 0, 0, now) : state;
	}

	/** Whether it could serve: up, and not ordered otherwise. */
	public boolean able() {
		return this.condition == HealthState.UP && this.orders.serve();
	}

	/**
	 * When it last began to serve. One that serves in spite of an ejection did not stop.
	 * @param now the time
	 */
	Instant servingSince(Instant now) {
		Instant since = latest(this.since, this.orders.since());
		return this.ejection.isOut(now) ? since : latest(since, this.ejection.until());
	}

	private static Instant latest(Instant first, Instant second) {
		return first.isBefore(second) ? second : first;
	}

}
