package com.foobar.gateway.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.foobar.gateway.backend.BackendState.Ejection;
import com.foobar.gateway.backend.BackendState;

/**
 * The state of a backend after failed requests. A pure function of the states and the
 * time.
 * <p>
 * The failures may have a cause that all backends share, such as a database, so only a
 * part of them may be ejected, and never the last one that serves. Each ejection soon
 * after another lasts longer; a time without one makes the next shorter again.
 *
 * @param consecutiveFailures consecutive failures that eject; 0 for never
 * @param baseTime duration of the first ejection
 * @param maxTime longest duration
 * @param maxPercent percentage of the backends that may be ejected at the same time
 */
record OutlierDetectionRules(int consecutiveFailures, Duration baseTime, Duration maxTime, int maxPercent) {

	boolean isThresholdReached(int failures) {
		return this.consecutiveFailures > 0 && failures >= this.consecutiveFailures;
	}

	BackendState after(BackendState before, List<BackendState> all, String error, Instant now) {
		if (!before.available() || before.ejection().isActive(now)) {
			return before;
		}
		long out = all.stream().filter((state) -> state.ejection().isActive(now)).count();
		long serving = all.stream().filter((state) -> state.available() && !state.ejection().isActive(now)).count();
		if (serving <= 1 || (out + 1) * 100 > (long) this.maxPercent * all.size()) {
			return before;
		}
		int level = 1 + Math.max(0, before.ejection().level() - recovered(before.ejection(), now));
		Duration length = this.baseTime.multipliedBy(level);
		return before.ejected(new Ejection(level, before.ejection().total() + 1,
				now.plus((length.compareTo(this.maxTime) < 0) ? length : this.maxTime)), error);
	}

	private int recovered(Ejection last, Instant now) {
		if (last.level() == 0) {
			return 0;
		}
		return (int) Math.min(last.level(), Duration.between(last.until(), now).dividedBy(this.baseTime));
	}

}
