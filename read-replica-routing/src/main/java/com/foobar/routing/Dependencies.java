package com.foobar.routing;

import com.foobar.routing.gtid.GtidSet;

/**
 * What some work depends on: what it is known to have done, and what came with it and may
 * be true or made up. The two are kept apart, so that a claim that turns out to be false
 * takes nothing true with it. Thread-safe.
 */
final class Dependencies {

	/** Of a thread that has done nothing. */
	static final Dependencies NOTHING = new Dependencies(GtidSet.NONE);

	private GtidSet known = GtidSet.NONE;

	private GtidSet claimed;

	private boolean advanced;

	Dependencies(GtidSet claimed) {
		this.claimed = claimed;
	}

	/**
	 * Both.
	 */
	synchronized GtidSet all() {
		return this.claimed.plus(this.known);
	}

	synchronized GtidSet claimed() {
		return this.claimed;
	}

	/**
	 * Add what was just committed, which settles what was claimed about it.
	 */
	synchronized void committed(GtidSet transactions) {
		this.claimed = this.claimed.settledBy(transactions);
		add(transactions);
	}

	synchronized void add(GtidSet transactions) {
		this.known = this.known.plus(transactions).shorten();
		this.advanced = true;
	}

	synchronized void claim(GtidSet transactions) {
		this.claimed = this.claimed.plus(transactions).shorten();
		this.advanced = true;
	}

	/**
	 * Replace a claim by what of it turned out to be true.
	 */
	synchronized void verified(GtidSet claim, GtidSet truth) {
		this.known = truth.plus(this.known).shorten();
		if (this.claimed.equals(claim)) {
			this.claimed = GtidSet.NONE;
		}
	}

	synchronized boolean hasAdvanced() {
		return this.advanced;
	}

}
