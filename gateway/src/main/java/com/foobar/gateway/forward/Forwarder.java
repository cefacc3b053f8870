package com.foobar.gateway.forward;

import java.util.concurrent.atomic.AtomicLong;

import com.foobar.gateway.backends.Backends;
import com.foobar.gateway.balance.Balancer;
import com.foobar.gateway.edge.AnswerHeaders;
import com.foobar.gateway.edge.ForwardedHeaders;
import com.foobar.gateway.health.PassiveChecks;
import com.foobar.gateway.retry.RetryPolicy;

/**
 * What every {@link Forwarding} works with.
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
record Forwarder(Backends backends, BackendClients clients, Balancer balancer, PassiveChecks passiveChecks,
		RetryPolicy retry, RetryBudget budget, BackendMeters meters, ForwardedHeaders forwardedHeaders,
		AnswerHeaders answerHeaders, EventStreams eventStreams, WebSockets webSockets, long maxBody, int holdBack,
		AtomicLong sequence) {
}
