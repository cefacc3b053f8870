package com.foobar.gateway.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.foobar.gateway.backend.BackendState;
import com.foobar.gateway.backend.Ejection;

/**
 * What follows from requests that fail at a backend? A pure function of what is known and
 * the time.
 * <p>
 * The same failures may come from something that all backends share, a database for one,
 * so no more than a share of them is ejected, and never the last one that serves. Each
 * ejection that follows soon upon another lasts longer; a time without one makes the next
 * shorter again.
 *
 * @param consecutiveFailures failures in a row that eject; 0 for never
 * @param time how long the first ejection lasts
 * @param maxTime how long any lasts at most
 * @param maxShare percentage of the backends that may be ejected at the same time
 */
record OutlierDetectionRules(int consecutiveFailures, Duration time, Duration maxTime, int maxShare) {

	boolean areTooMany(int failures) {
		return this.consecutiveFailures > 0 && failures >= this.consecutiveFailures;
	}

	BackendState after(BackendState before, List<BackendState> all, String error, Instant now) {
		if (!before.able() || before.ejection().isOut(now)) {
			return before;
		}
		long out = all.stream().filter((state) -> state.ejection().isOut(now)).count();
		long serving = all.stream().filter((state) -> state.able() && !state.ejection().isOut(now)).count();
		if (serving <= 1 || (out + 1) * 100 > (long) this.maxShare * all.size()) {
			return before;
		}
		int level = 1 + Math.max(0, before.ejection().level() - recovered(before.ejection(), now));
		Duration length = this.time.multipliedBy(level);
		return before.ejected(new Ejection(level, before.ejection().total() + 1,
				now.plus((length.compareTo(this.maxTime) < 0) ? length : this.maxTime)), error);
	}

	private int recovered(Ejection last, Instant now) {
		if (last.level() == 0) {
			return 0;
		}
		return (int) Math.min(last.level(), Duration.between(last.until(), now).dividedBy(this.time));
	}

}
