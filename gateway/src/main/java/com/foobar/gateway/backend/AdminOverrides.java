package com.foobar.gateway.backend;

import java.time.Instant;

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
