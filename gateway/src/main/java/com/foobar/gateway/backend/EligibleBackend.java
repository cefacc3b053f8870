package com.foobar.gateway.backend;

/**
 * A backend that the load balancer may choose.
 *
 * @param backend the backend
 * @param weight its weight, relative to the others; at least 1
 */
public record EligibleBackend(Backend backend, int weight) {
}
