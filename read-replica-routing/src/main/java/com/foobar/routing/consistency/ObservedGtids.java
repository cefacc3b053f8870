package com.foobar.routing.consistency;

import java.util.function.Supplier;

import com.foobar.routing.PrimaryGtids;
import com.foobar.routing.gtid.GtidSet;
import org.jspecify.annotations.Nullable;

/**
 * GTIDs that are known to exist, and since when. GTIDs that the primary lacks when it is
 * queried later were lost in a failover and are forgotten: no server will ever have them.
 * Work that observes new GTIDs all the time needs the division into older and newer: the
 * older ones are settled while newer ones arrive. Immutable.
 *
 * @param older those that the next report of the primary may settle
 * @param olderUntil when the last of them was observed, by {@link System#nanoTime()}
 * @param olderSettled whether the primary was queried since
 * @param newer those that were observed later
 * @param newerUntil when the last of them was observed
 * @param settledAt when the primary was queried for the report that was applied last
 */
record ObservedGtids(GtidSet older, long olderUntil, boolean olderSettled, GtidSet newer, long newerUntil,
		long settledAt) {

	static final ObservedGtids NONE = new ObservedGtids(GtidSet.NONE, 0, true, GtidSet.NONE, 0, 0);

	GtidSet all() {
		return this.older.isEmpty() ? this.newer : this.older.plus(this.newer);
	}

	boolean isEmpty() {
		return this.older.isEmpty() && this.newer.isEmpty();
	}

	/**
	 * Add GTIDs.
	 * @param transactions the GTIDs
	 * @param time from when on the primary is certain to report them
	 * @param needed what is kept when there are too many
	 * @param dispensable what every server has executed
	 */
	ObservedGtids plus(GtidSet transactions, long time, GtidSet needed, Supplier<GtidSet> dispensable) {
		if (!this.olderSettled && !this.older.isEmpty()) {
			long until = (time - this.newerUntil > 0 || this.newer.isEmpty()) ? time : this.newerUntil;
			return new ObservedGtids(this.older, this.olderUntil, false,
					this.newer.plus(transactions).shorten(needed, dispensable), until, this.settledAt);
		}
		if (this.newer.isEmpty()) {
			return new ObservedGtids(this.older, this.olderUntil, true, transactions.shorten(needed, dispensable), time,
					this.settledAt);
		}
		return new ObservedGtids(all().shorten(needed, dispensable), this.newerUntil, false,
				transactions.shorten(needed, dispensable), time, this.settledAt);
	}

	/** Drop GTIDs that a later commit has settled. */
	ObservedGtids settledBy(GtidSet commit) {
		return new ObservedGtids(this.older.settledBy(commit), this.olderUntil, this.olderSettled,
				this.newer.settledBy(commit), this.newerUntil, this.settledAt);
	}

	/**
	 * Forget what the primary lacks although it was queried after it was observed.
	 * @param primary what the primary has reported last, {@code null} if nothing yet
	 * @return this object if nothing has changed
	 */
	ObservedGtids settle(@Nullable PrimaryGtids primary) {
		if (primary == null || primary.queriedAt() == this.settledAt || isEmpty()) {
			return this;
		}
		long queriedAt = primary.queriedAt();
		boolean settlesOlder = this.older.isEmpty() || queriedAt - this.olderUntil > 0;
		GtidSet older = settlesOlder ? primary.retainExecuted(this.older) : this.older;
		if (settlesOlder && !this.newer.isEmpty() && queriedAt - this.newerUntil > 0) {
			return new ObservedGtids(older.plus(primary.retainExecuted(this.newer)), this.newerUntil, true,
					GtidSet.NONE, 0, queriedAt);
		}
		return new ObservedGtids(older, this.olderUntil, this.olderSettled || settlesOlder, this.newer, this.newerUntil,
				queriedAt);
	}

}
