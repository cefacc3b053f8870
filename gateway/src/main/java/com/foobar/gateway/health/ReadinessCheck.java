package com.foobar.gateway.health;

import com.foobar.gateway.backend.Backend;
import reactor.core.publisher.Mono;

/**
 * Is this backend ready? Completes within the check's timeout and never with an error.
 */
@FunctionalInterface
interface ReadinessCheck {

	Mono<CheckResult> check(Backend backend);

}
