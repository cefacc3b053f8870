package com.foobar.gateway.limit;

import java.time.Duration;

import com.foobar.gateway.settings.Require;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many requests the gateway processes at the same time.
 *
 * @param maxRequests requests that are active at the same time, over all backends; a
 * stream counts until it ends
 * @param maxQueued requests that may wait for one of those to end
 * @param queueTimeout how long a request waits in the queue
 */
@ConfigurationProperties("gateway.concurrency")
record ConcurrencyProperties(@DefaultValue("2048") int maxRequests, @DefaultValue("512") int maxQueued,
		@DefaultValue("1s") Duration queueTimeout) {

	ConcurrencyProperties {
		Require.between("gateway.concurrency.max-requests", maxRequests, 1, 1_000_000);
		Require.between("gateway.concurrency.max-queued", maxQueued, 0, 1_000_000);
		Require.positive("gateway.concurrency.queue-timeout", queueTimeout);
	}

}
