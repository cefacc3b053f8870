package com.foobar.gateway.backend;

/**
 * A backend that may be chosen now.
 *
 * @param backend the backend
 * @param weight its share of the requests, relative to the others; at least 1
 */
public record EligibleBackend(Backend backend, int weight) {
}
