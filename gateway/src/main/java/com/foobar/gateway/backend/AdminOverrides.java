package com.foobar.gateway.backend;

import java.time.Instant;

/**
 * What the operator has ordered for a backend. It holds until ordered otherwise, or until
 * the backend's address vanishes or the gateway restarts.
 *
 * @param adminState what it shall do
 * @param weight its share of the requests, relative to the others; 0 for none
 * @param since when the adminState was last ordered
 */
public record AdminOverrides(AdminState adminState, int weight, Instant since) {

	static AdminOverrides configured(Backend backend) {
		return new AdminOverrides(AdminState.READY, backend.weight(), Instant.MIN);
	}

	/** Whether it may be sent requests, as far as the operator is concerned. */
	boolean serve() {
		return this.adminState == AdminState.READY && this.weight > 0;
	}

	AdminOverrides with(AdminState ordered, Instant now) {
		return (ordered != this.adminState) ? new AdminOverrides(ordered, this.weight, now) : this;
	}

	AdminOverrides with(int ordered) {
		return new AdminOverrides(this.adminState, ordered, this.since);
	}

}
