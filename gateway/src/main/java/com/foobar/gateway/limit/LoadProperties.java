package com.foobar.gateway.limit;

import java.time.Duration;

import com.foobar.gateway.settings.Require;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much the gateway takes on at the same time.
 *
 * @param requests requests under way, over all backends; streams count as long as they
 * last
 * @param waiting requests that may wait for one of those to end
 * @param waitTime how long they wait
 */
@ConfigurationProperties("gateway.load")
record LoadProperties(@DefaultValue("2048") int requests, @DefaultValue("512") int waiting,
		@DefaultValue("1s") Duration waitTime) {

	LoadProperties {
		Require.between("gateway.load.requests", requests, 1, 1_000_000);
		Require.between("gateway.load.waiting", waiting, 0, 1_000_000);
		Require.positive("gateway.load.wait-time", waitTime);
	}

}
