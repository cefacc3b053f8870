package com.foobar.gateway.loadbalancer;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How requests are shared out.
 *
 * @param algorithm round-robin (each in turn), weighted-round-robin (each in turn, as
 * often as its weight says), least-requests (of two drawn by lot, the one with fewer
 * requests in flight) or source-hash (the same client address to the same backend)
 */
@ConfigurationProperties("gateway.load-balancer")
record LoadBalancerProperties(@DefaultValue("weighted-round-robin") Algorithm algorithm) {
}
