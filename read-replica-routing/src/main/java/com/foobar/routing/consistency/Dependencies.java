package com.foobar.routing.consistency;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

import com.foobar.routing.PrimaryGtids;
import com.foobar.routing.gtid.GtidSet;
import org.jspecify.annotations.Nullable;

/**
 * The GTIDs that a unit of work depends on: committed by itself, observed by its reads,
 * and unverified, which came from outside and may be forged. They are kept apart, so that
 * a forged set removes nothing genuine, and so that own commits are the last to be
 * dropped when a token is full. Thread-safe.
 */
final class Dependencies {

	/** Of a thread that has done nothing. */
	static final Dependencies NONE = new Dependencies(GtidSet.NONE);

	/**
	 * A replica may show a transaction before the primary counts it as executed: with
	 * semi-synchronous replication the primary waits for other replicas meanwhile.
	 */
	private static final long GRACE = Duration.ofSeconds(1).toNanos();

	private ObservedGtids committed = ObservedGtids.NONE;

	private ObservedGtids observed = ObservedGtids.NONE;

	private GtidSet unverified;

	private boolean advanced;

	/**
	 * The last result of {@link #required}, {@code null} after a change. Each read needs
	 * it, and most reads change nothing.
	 */
	private volatile @Nullable Requirement requirement;

	Dependencies(GtidSet unverified) {
		this.unverified = unverified;
		this.requirement = unverified.isEmpty() ? Requirement.NONE : null;
	}

	/**
	 * Return what a read requires. Takes a lock only after a change.
	 * @param primary what the primary has reported last, {@code null} if nothing yet
	 * @param timeout how long the read may wait for it
	 */
	RequiredGtids required(@Nullable PrimaryGtids primary, Duration timeout) {
		Requirement known = this.requirement;
		return (known != null && known.holds(primary, timeout)) ? known.gtids : computeRequired(primary, timeout);
	}

	private synchronized RequiredGtids computeRequired(@Nullable PrimaryGtids primary, Duration timeout) {
		GtidSet all = all(primary);
		Requirement now = all.isEmpty() ? Requirement.NONE : new Requirement(primary, new RequiredGtids(all, timeout));
		this.requirement = now;
		return now.gtids;
	}

	private void changed() {
		this.requirement = null;
		this.advanced = true;
	}

	/**
	 * Return all GTIDs, without those that the primary turned out to lack.
	 * @param primary what the primary has reported last, {@code null} if nothing yet
	 */
	synchronized GtidSet all(@Nullable PrimaryGtids primary) {
		this.committed = settle(this.committed, primary);
		this.observed = settle(this.observed, primary);
		return this.unverified.plus(this.observed.all()).plus(this.committed.all());
	}

	private ObservedGtids settle(ObservedGtids before, @Nullable PrimaryGtids primary) {
		ObservedGtids now = before.settle(primary);
		if (!now.equals(before) && !now.all().contains(before.all())) {
			this.advanced = true;
		}
		return now;
	}

	/**
	 * Return the GTIDs for a token.
	 * @param primary what the primary has reported last, {@code null} if nothing yet
	 * @param dispensable what every server has executed
	 */
	synchronized GtidSet forToken(@Nullable PrimaryGtids primary, Supplier<GtidSet> dispensable) {
		return all(primary).shorten(this.committed.all(), dispensable);
	}

	synchronized GtidSet unverified() {
		return this.unverified;
	}

	/**
	 * Add what the work has just committed, which settles unverified GTIDs before it.
	 */
	synchronized void committed(GtidSet transactions) {
		this.unverified = this.unverified.settledBy(transactions);
		this.committed = this.committed.plus(transactions, System.nanoTime(), transactions, () -> GtidSet.NONE);
		changed();
	}

	/**
	 * Add what the work has just read.
	 * @param transactions the GTIDs
	 * @param dispensable what every server has executed
	 */
	synchronized void observed(GtidSet transactions, Supplier<GtidSet> dispensable) {
		this.observed = this.observed.plus(transactions, System.nanoTime() + GRACE, GtidSet.NONE, dispensable);
		changed();
	}

	/**
	 * Add GTIDs from outside.
	 * @param transactions the GTIDs
	 * @param dispensable what every server has executed
	 */
	synchronized void addUnverified(GtidSet transactions, Supplier<GtidSet> dispensable) {
		this.unverified = this.unverified.plus(transactions).shorten(GtidSet.NONE, dispensable);
		changed();
	}

	/**
	 * Replace unverified GTIDs by the genuine ones among them.
	 */
	synchronized void verified(GtidSet unverified, GtidSet genuine) {
		this.requirement = null;
		if (!genuine.isEmpty()) {
			this.observed = this.observed.plus(genuine, System.nanoTime(), genuine, () -> GtidSet.NONE);
		}
		if (this.unverified.equals(unverified)) {
			this.unverified = GtidSet.NONE;
			this.advanced |= !genuine.contains(unverified);
		}
	}

	synchronized boolean hasAdvanced() {
		return this.advanced;
	}

	/**
	 * What reads require, as long as the primary reports nothing new.
	 *
	 * @param primary what the primary had reported last
	 * @param gtids what a read requires
	 */
	private record Requirement(@Nullable PrimaryGtids primary, RequiredGtids gtids) {

		/** Does not depend on the primary. */
		private static final Requirement NONE = new Requirement(null, RequiredGtids.NONE);

		boolean holds(@Nullable PrimaryGtids primary, Duration timeout) {
			return this.gtids.isNone()
					|| (Objects.equals(this.primary, primary) && this.gtids.timeout().equals(timeout));
		}

	}

}
