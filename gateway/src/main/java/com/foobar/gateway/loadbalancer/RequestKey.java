package com.foobar.gateway.loadbalancer;

/**
 * What a load balancer may use of the request.
 *
 * @param sequence number of the request in this gateway; wraps around
 * @param client hash of the client's address
 */
public record RequestKey(long sequence, int client) {
}
