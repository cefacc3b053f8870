package com.foobar.routing;

import com.foobar.routing.gtid.GtidSet;

/**
 * What the primary said of the transactions it holds, which settles what anybody can
 * depend on: what it lacks was lost when it became the primary, or was never replicated.
 * Immutable.
 *
 * @param executed which transactions it has executed
 * @param asked when it was asked, by {@link System#nanoTime()}
 * @param errant transactions of replicas that it has lacked for a while
 */
public record PrimaryHistory(GtidSet executed, long asked, GtidSet errant) {

	/** Reduce what was known at some time before the primary was asked. */
	GtidSet heldOf(GtidSet transactions) {
		return this.executed.contains(transactions) ? transactions : transactions.upTo(this.executed);
	}

	/** Reduce what a replica said it has to what binds those who read there. */
	GtidSet withoutErrant(GtidSet transactions) {
		return this.errant.isEmpty() ? transactions : transactions.without(this.errant, this.executed);
	}

}
