package com.foobar.gateway.limit;

/**
 * What every request has to pass.
 *
 * @param addresses who may ask
 * @param rate how often
 * @param admission how many at once
 */
public record Limits(IpFilter addresses, RateLimiter rate, ConcurrencyLimiter admission) {
}
