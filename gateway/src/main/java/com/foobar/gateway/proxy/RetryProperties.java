package com.foobar.gateway.proxy;

import com.foobar.gateway.settings.Require;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How often a request is tried.
 *
 * @param maxAttempts most attempts for one request, the first included, each at a backend
 * not tried before; from 1 to 10
 * @param budget retries that each request adds to the budget, in percent; a request that
 * was never sent is tried again without
 * @param budgetBurst most retries that the budget saves up, and holds at the start
 * @param responseBuffer how much of an answer is held back until it is whole, so that a
 * safe request can be tried again when a backend breaks off; 0 passes everything on as it
 * comes. What comes slowly is passed on after 100 ms unless its length was announced.
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
