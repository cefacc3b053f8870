package com.foobar.gateway.limit;

/**
 * The limits that each request passes.
 *
 * @param ipFilter which client addresses may use the site
 * @param rateLimiter how often
 * @param concurrencyLimiter how many at the same time
 */
public record Limits(IpFilter ipFilter, RateLimiter rateLimiter, ConcurrencyLimiter concurrencyLimiter) {
}
