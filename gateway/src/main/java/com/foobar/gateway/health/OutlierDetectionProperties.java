package com.foobar.gateway.health;

import java.time.Duration;

import com.foobar.gateway.settings.InvalidSettingException;
import com.foobar.gateway.settings.Require;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a backend is ejected because its requests fail.
 *
 * @param consecutiveFailures consecutive failures after which a backend is ejected: no
 * response, a timeout, or the status 500, 502, 503 or 504; 0 disables ejection
 * @param baseEjectionTime duration of the first ejection; the second in short succession
 * lasts twice as long, and so on
 * @param maxEjectionTime longest duration of an ejection
 * @param maxEjectionPercent percentage of the backends that may be ejected at the same
 * time
 */
@ConfigurationProperties("gateway.outlier-detection")
record OutlierDetectionProperties(@DefaultValue("5") int consecutiveFailures,
		@DefaultValue("10s") Duration baseEjectionTime, @DefaultValue("5m") Duration maxEjectionTime,
		@DefaultValue("50") int maxEjectionPercent) {

	OutlierDetectionProperties {
		Require.between("gateway.outlier-detection.consecutive-failures", consecutiveFailures, 0, 10_000);
		Require.positive("gateway.outlier-detection.base-ejection-time", baseEjectionTime);
		Require.positive("gateway.outlier-detection.max-ejection-time", maxEjectionTime);
		if (maxEjectionTime.compareTo(baseEjectionTime) < 0) {
			throw new InvalidSettingException(
					"gateway.outlier-detection.max-ejection-time is " + maxEjectionTime
							+ "; expected at least gateway.outlier-detection.base-ejection-time, " + baseEjectionTime,
					"Set gateway.outlier-detection.max-ejection-time to a duration such as 5m, or gateway.outlier-detection.base-ejection-time to a shorter one.");
		}
		Require.between("gateway.outlier-detection.max-ejection-percent", maxEjectionPercent, 0, 100);
	}

	OutlierDetectionRules rules() {
		return new OutlierDetectionRules(this.consecutiveFailures, this.baseEjectionTime, this.maxEjectionTime,
				this.maxEjectionPercent);
	}

}
