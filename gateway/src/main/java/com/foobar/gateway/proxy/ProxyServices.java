package com.foobar.gateway.proxy;

import java.util.concurrent.atomic.AtomicLong;

import com.foobar.gateway.backend.Backends;
import com.foobar.gateway.health.OutlierDetector;
import com.foobar.gateway.http.ForwardedHeaders;
import com.foobar.gateway.http.ResponseHeaders;
import com.foobar.gateway.loadbalancer.LoadBalancer;

/**
 * What every {@link ProxyExchange} works with.
 *
 * @param backends who is there
 * @param clients how to reach them
 * @param balancer who is chosen
 * @param passiveChecks who hears how requests fare
 * @param retry whether to try again
 * @param budget how often
 * @param meters who counts
 * @param forwardedHeaders what is told to backends about clients
 * @param answerHeaders what is added to answers
 * @param eventStreams what becomes of streams that do not end
 * @param webSockets what becomes of connections that switch protocols
 * @param maxBody bytes of a request's body
 * @param holdBack bytes of an answer that are held back until it is whole; 0 for none
 * @param sequence counts the requests
 */
record ProxyServices(Backends backends, BackendClients clients, LoadBalancer balancer, OutlierDetector passiveChecks,
		RetryPolicy retry, RetryBudget budget, BackendMeters meters, ForwardedHeaders forwardedHeaders,
		ResponseHeaders answerHeaders, EventStreams eventStreams, WebSockets webSockets, long maxBody, int holdBack,
		AtomicLong sequence) {
}
