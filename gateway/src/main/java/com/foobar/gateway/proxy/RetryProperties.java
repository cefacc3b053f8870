package com.foobar.gateway.proxy;

import com.foobar.gateway.settings.Require;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Retries of requests.
 *
 * @param maxAttempts maximum attempts for one request including the first, each at
 * another backend; from 1 to 10
 * @param budget retries that each request adds to the budget, in percent; a retry of a
 * request that was not sent does not count
 * @param budgetBurst maximum retries in the budget, and their number at startup
 * @param responseBuffer how much of a response is buffered until it is complete, so that
 * a safe request can be retried if the backend fails in between; 0 disables buffering. A
 * response without a length is forwarded after 100 ms.
 */
@ConfigurationProperties("gateway.retry")
record RetryProperties(@DefaultValue("3") int maxAttempts, @DefaultValue("20") int budget,
		@DefaultValue("500") int budgetBurst, @DefaultValue("64KB") DataSize responseBuffer) {

	RetryProperties {
		Require.between("gateway.retry.max-attempts", maxAttempts, 1, 10);
		Require.between("gateway.retry.budget", budget, 0, 100);
		Require.between("gateway.retry.budget-burst", budgetBurst, 0, 1_000_000);
		Require.between("gateway.retry.response-buffer", responseBuffer.toBytes(), 0, 1024 * 1024);
	}

}
