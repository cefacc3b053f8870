package com.foobar.gateway.loadbalancer;

/**
 * What a balancer may know of the request that it places.
 *
 * @param sequence number of the request, counted by this gateway; wraps around
 * @param client hash of the client's address
 */
public record RequestKey(long sequence, int client) {
}
