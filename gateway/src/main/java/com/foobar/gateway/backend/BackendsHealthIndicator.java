package com.foobar.gateway.backend;

import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Health of the backends as a whole: up while one of them is. It does not affect the
 * gateway's readiness: another gateway in front of the same backends would serve no
 * better.
 */
class BackendsHealthIndicator implements HealthIndicator {

	private final Backends backends;

	BackendsHealthIndicator(Backends backends) {
		this.backends = backends;
	}

	@Override
	public Health health() {
		BackendsSnapshot snapshot = this.backends.snapshot();
		return (snapshot.live().isEmpty() ? Health.down() : Health.up()).withDetail("known", snapshot.states().size())
			.withDetail("live", snapshot.live().size())
			.withDetail("writable", snapshot.writable().size())
			.build();
	}

}
