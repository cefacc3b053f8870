package com.foobar.gateway.health;

import com.foobar.gateway.backend.Backend;
import reactor.core.publisher.Mono;

/**
 * Is this backend ready? Answers within the check's time-out and never with an error.
 */
@FunctionalInterface
interface ReadinessCheck {

	Mono<CheckResult> check(Backend backend);

}
