package com.foobar.gateway.proxy;

import java.util.concurrent.atomic.AtomicLong;

import com.foobar.gateway.backend.Backends;
import com.foobar.gateway.health.OutlierDetector;
import com.foobar.gateway.http.ForwardedHeaders;
import com.foobar.gateway.http.ResponseHeaders;
import com.foobar.gateway.loadbalancer.LoadBalancer;

/**
 * What all requests share.
 *
 * @param backends the backends and their states
 * @param clients connections to the backends
 * @param loadBalancer chooses the backend
 * @param outlierDetector records how requests end
 * @param retry whether a request may be retried
 * @param budget how many may be retried
 * @param meters count the attempts
 * @param forwardedHeaders headers added to requests
 * @param responseHeaders headers added to responses
 * @param eventStreams event streams, which end when the gateway stops
 * @param webSockets WebSockets, which end when the gateway stops
 * @param maxBody bytes of a request's body
 * @param responseBuffer bytes of a response that are buffered until it is complete; 0 for
 * none
 * @param sequence counts the requests
 */
record ProxyServices(Backends backends, BackendClients clients, LoadBalancer loadBalancer,
		OutlierDetector outlierDetector, RetryPolicy retry, RetryBudget budget, BackendMeters meters,
		ForwardedHeaders forwardedHeaders, ResponseHeaders responseHeaders, EventStreams eventStreams,
		WebSockets webSockets, long maxBody, int responseBuffer, AtomicLong sequence) {
}
