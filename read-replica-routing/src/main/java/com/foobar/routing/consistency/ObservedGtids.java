package com.foobar.routing.consistency;

import java.util.function.Supplier;

import com.foobar.routing.PrimaryGtids;
import com.foobar.routing.gtid.GtidSet;
import org.jspecify.annotations.Nullable;

/**
 * Transactions that were known to exist, and until when they were heard of. What the
 * primary lacks when it is asked later was lost in a failover and is forgotten; nobody
 * will ever have it. Those who hear of something new all the time need the division into
 * older and newer: the older ones are checked while the newer ones come in. Immutable.
 *
 * @param older those that the next word of the primary may settle
 * @param olderUntil when the last of them was heard of, by {@link System#nanoTime()}
 * @param olderChecked whether the primary was asked since
 * @param newer those that were heard of later
 * @param newerUntil when the last of them was heard of
 * @param checked when the primary was asked that was listened to last
 */
record ObservedGtids(GtidSet older, long olderUntil, boolean olderChecked, GtidSet newer, long newerUntil,
		long checked) {

	static final ObservedGtids NOTHING = new ObservedGtids(GtidSet.NONE, 0, true, GtidSet.NONE, 0, 0);

	GtidSet all() {
		return this.older.isEmpty() ? this.newer : this.older.plus(this.newer);
	}

	boolean isEmpty() {
		return this.older.isEmpty() && this.newer.isEmpty();
	}

	/**
	 * Add what was just heard of.
	 * @param transactions the transactions
	 * @param time the earliest at which the primary is sure to tell of them
	 * @param needed what is kept when there is too much
	 * @param dispensable what every server has anyway
	 */
	ObservedGtids plus(GtidSet transactions, long time, GtidSet needed, Supplier<GtidSet> dispensable) {
		if (!this.olderChecked && !this.older.isEmpty()) {
			long until = (time - this.newerUntil > 0 || this.newer.isEmpty()) ? time : this.newerUntil;
			return new ObservedGtids(this.older, this.olderUntil, false,
					this.newer.plus(transactions).shorten(needed, dispensable), until, this.checked);
		}
		if (this.newer.isEmpty()) {
			return new ObservedGtids(this.older, this.olderUntil, true, transactions.shorten(needed, dispensable), time,
					this.checked);
		}
		return new ObservedGtids(all().shorten(needed, dispensable), this.newerUntil, false,
				transactions.shorten(needed, dispensable), time, this.checked);
	}

	/** Leave out what a later commit has settled. */
	ObservedGtids settledBy(GtidSet commit) {
		return new ObservedGtids(this.older.settledBy(commit), this.olderUntil, this.olderChecked,
				this.newer.settledBy(commit), this.newerUntil, this.checked);
	}

	/**
	 * Forget what the primary lacks although it was asked after it was heard of.
	 * @param history what the primary said last, {@code null} if it has not
	 * @return this, if nothing is new
	 */
	ObservedGtids check(@Nullable PrimaryGtids history) {
		if (history == null || history.asked() == this.checked || isEmpty()) {
			return this;
		}
		long asked = history.asked();
		boolean settlesOlder = this.older.isEmpty() || asked - this.olderUntil > 0;
		GtidSet older = settlesOlder ? history.heldOf(this.older) : this.older;
		if (settlesOlder && !this.newer.isEmpty() && asked - this.newerUntil > 0) {
			return new ObservedGtids(older.plus(history.heldOf(this.newer)), this.newerUntil, true, GtidSet.NONE, 0,
					asked);
		}
		return new ObservedGtids(older, this.olderUntil, this.olderChecked || settlesOlder, this.newer, this.newerUntil,
				asked);
	}

}
