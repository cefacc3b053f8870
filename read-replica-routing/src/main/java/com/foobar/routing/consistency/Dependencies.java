package com.foobar.routing.consistency;

import java.time.Duration;
import java.util.function.Supplier;

import com.foobar.routing.PrimaryGtids;
import com.foobar.routing.gtid.GtidSet;
import org.jspecify.annotations.Nullable;

/**
 * What some work depends on: what it has committed, what it is known to have seen, and
 * what came with it and may be true or made up. They are kept apart, so that a claim that
 * turns out to be false takes nothing true with it, and so that its own commits are the
 * last to be left out for want of room. Thread-safe.
 */
public final class Dependencies {

	/** Of a thread that has done nothing. */
	static final Dependencies NOTHING = new Dependencies(GtidSet.NONE);

	/**
	 * A replica may show a transaction before the primary counts it as executed: with
	 * semi-synchronous replication the primary waits for other replicas meanwhile.
	 */
	private static final long GRACE = Duration.ofSeconds(1).toNanos();

	private ObservedGtids own = ObservedGtids.NOTHING;

	private ObservedGtids known = ObservedGtids.NOTHING;

	private GtidSet claimed;

	private boolean advanced;

	Dependencies(GtidSet claimed) {
		this.claimed = claimed;
	}

	/**
	 * All of it, without what the primary turned out to lack.
	 * @param history what the primary said last, {@code null} if it has not
	 */
	synchronized GtidSet all(@Nullable PrimaryGtids history) {
		this.own = check(this.own, history);
		this.known = check(this.known, history);
		return this.claimed.plus(this.known.all()).plus(this.own.all());
	}

	private ObservedGtids check(ObservedGtids before, @Nullable PrimaryGtids history) {
		ObservedGtids now = before.check(history);
		if (!now.equals(before) && !now.all().contains(before.all())) {
			this.advanced = true;
		}
		return now;
	}

	/**
	 * What whoever goes on with the work must know of.
	 * @param history what the primary said last, {@code null} if it has not
	 * @param dispensable what every server has anyway
	 */
	synchronized GtidSet toCarry(@Nullable PrimaryGtids history, Supplier<GtidSet> dispensable) {
		return all(history).shorten(this.own.all(), dispensable);
	}

	synchronized GtidSet claimed() {
		return this.claimed;
	}

	/**
	 * Add what was just committed, which settles what was claimed about it.
	 */
	synchronized void committed(GtidSet transactions) {
		this.claimed = this.claimed.settledBy(transactions);
		this.own = this.own.plus(transactions, System.nanoTime(), transactions, () -> GtidSet.NONE);
		this.advanced = true;
	}

	/**
	 * Add what was just seen.
	 * @param transactions the transactions
	 * @param dispensable what every server has anyway
	 */
	synchronized void seen(GtidSet transactions, Supplier<GtidSet> dispensable) {
		this.known = this.known.plus(transactions, System.nanoTime() + GRACE, GtidSet.NONE, dispensable);
		this.advanced = true;
	}

	/**
	 * Add what somebody says.
	 * @param transactions the transactions
	 * @param dispensable what every server has anyway
	 */
	synchronized void claim(GtidSet transactions, Supplier<GtidSet> dispensable) {
		this.claimed = this.claimed.plus(transactions).shorten(GtidSet.NONE, dispensable);
		this.advanced = true;
	}

	/**
	 * Replace a claim by what of it turned out to be true.
	 */
	synchronized void verified(GtidSet claim, GtidSet truth) {
		if (!truth.isEmpty()) {
			this.known = this.known.plus(truth, System.nanoTime(), truth, () -> GtidSet.NONE);
		}
		if (this.claimed.equals(claim)) {
			this.claimed = GtidSet.NONE;
			this.advanced |= !truth.contains(claim);
		}
	}

	synchronized boolean hasAdvanced() {
		return this.advanced;
	}

}
