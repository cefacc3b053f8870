package com.foobar.gateway.loadbalancer;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How requests are distributed.
 *
 * @param algorithm round-robin (ignores weights), weighted-round-robin, least-requests
 * (of two random backends, the one with fewer active requests) or source-hash (the same
 * client address to the same backend)
 */
@ConfigurationProperties("gateway.load-balancer")
record LoadBalancerProperties(@DefaultValue("weighted-round-robin") Algorithm algorithm) {
}
