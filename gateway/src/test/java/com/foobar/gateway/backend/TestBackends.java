package com.foobar.gateway.backend;

import java.time.Clock;
import java.time.Duration;

/**
 * Backends for tests of other packages.
 */
public final class TestBackends {

	private TestBackends() {
	}

	/** No backends, with the rules that the gateway has by default. */
	public static Backends none() {
		return new Backends(Clock.systemUTC(), new EligibilityRules(Duration.ZERO, 50));
	}

}
