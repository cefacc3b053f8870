package com.foobar.gateway.proxy;

import java.time.Duration;

import com.foobar.gateway.settings.Require;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Connections from the gateway to the backends.
 *
 * @param connectTimeout timeout for establishing a connection
 * @param responseTimeout timeout for the start of the response, and between two parts of
 * it
 * @param maxConnections maximum connections to one backend
 * @param maxPending requests that may wait for a connection to one backend
 * @param acquireTimeout how long a request waits for a connection
 * @param maxIdleTime how long an idle connection is kept; must be shorter than the
 * backend's own timeout, or requests fail on connections that the backend is closing
 * @param maxHeaderSize maximum size of all headers of a response
 */
@ConfigurationProperties("gateway.client")
record ClientProperties(@DefaultValue("1s") Duration connectTimeout, @DefaultValue("30s") Duration responseTimeout,
		@DefaultValue("256") int maxConnections, @DefaultValue("256") int maxPending,
		@DefaultValue("1s") Duration acquireTimeout, @DefaultValue("30s") Duration maxIdleTime,
		@DefaultValue("32KB") DataSize maxHeaderSize) {

	ClientProperties {
		Require.positive("gateway.client.connect-timeout", connectTimeout);
		Require.positive("gateway.client.response-timeout", responseTimeout);
		Require.between("gateway.client.max-connections", maxConnections, 1, 100_000);
		Require.between("gateway.client.max-pending", maxPending, 0, 100_000);
		Require.positive("gateway.client.acquire-timeout", acquireTimeout);
		Require.positive("gateway.client.max-idle-time", maxIdleTime);
		Require.between("gateway.client.max-header-size", maxHeaderSize.toBytes(), 1024, 1024 * 1024);
	}

}
