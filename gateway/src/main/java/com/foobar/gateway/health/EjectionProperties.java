package com.foobar.gateway.health;

import java.time.Duration;

import com.foobar.gateway.settings.InvalidSettingException;
import com.foobar.gateway.settings.Require;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a backend is taken out because the requests sent there fail.
 *
 * @param consecutiveFailures failures in a row that eject it: no answer, none in time, or
 * the status 500, 502, 503 or 504; 0 never ejects
 * @param time how long the first ejection lasts; the second in short succession lasts
 * twice as long, and so on
 * @param maxTime how long an ejection lasts at most
 * @param maxShare percentage of the backends that may be ejected at the same time
 */
@ConfigurationProperties("gateway.ejection")
record EjectionProperties(@DefaultValue("5") int consecutiveFailures, @DefaultValue("10s") Duration time,
		@DefaultValue("5m") Duration maxTime, @DefaultValue("50") int maxShare) {

	EjectionProperties {
		Require.between("gateway.ejection.consecutive-failures", consecutiveFailures, 0, 10_000);
		Require.positive("gateway.ejection.time", time);
		Require.positive("gateway.ejection.max-time", maxTime);
		if (maxTime.compareTo(time) < 0) {
			throw new InvalidSettingException(
					"gateway.ejection.max-time is " + maxTime + "; expected at least gateway.ejection.time, " + time,
					"Set gateway.ejection.max-time to a duration such as 5m, or gateway.ejection.time to a shorter one.");
		}
		Require.between("gateway.ejection.max-share", maxShare, 0, 100);
	}

	EjectionRules rules() {
		return new EjectionRules(this.consecutiveFailures, this.time, this.maxTime, this.maxShare);
	}

}
