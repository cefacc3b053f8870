package com.foobar.gateway.backends;

import java.time.Instant;

/**
 * What the operator has ordered for a backend. It holds until ordered otherwise, or until
 * the backend's address vanishes or the gateway restarts.
 *
 * @param duty what it shall do
 * @param weight its share of the requests, relative to the others; 0 for none
 * @param since when the duty was last ordered
 */
public record Orders(Duty duty, int weight, Instant since) {

	static Orders configured(Backend backend) {
		return new Orders(Duty.READY, backend.weight(), Instant.MIN);
	}

	/** Whether it may be sent requests, as far as the operator is concerned. */
	boolean serve() {
		return this.duty == Duty.READY && this.weight > 0;
	}

	Orders with(Duty ordered, Instant now) {
		return (ordered != this.duty) ? new Orders(ordered, this.weight, now) : this;
	}

	Orders with(int ordered) {
		return new Orders(this.duty, ordered, this.since);
	}

}
