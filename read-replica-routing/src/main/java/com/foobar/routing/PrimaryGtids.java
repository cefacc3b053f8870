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
public record PrimaryGtids(GtidSet executed, long asked, GtidSet errant) {

	/**
	 * Drop GTIDs that the primary does not have.
	 * @param transactions GTIDs known before the primary was queried
	 * @return those that the primary has executed
	 */
	public GtidSet heldOf(GtidSet transactions) {
		return this.executed.contains(transactions) ? transactions : transactions.upTo(this.executed);
	}

	/**
	 * Drop errant GTIDs.
	 * @param transactions what a replica has executed
	 * @return those on which a reader of the replica can depend
	 */
	public GtidSet withoutErrant(GtidSet transactions) {
		return this.errant.isEmpty() ? transactions : transactions.without(this.errant, this.executed);
	}

}
