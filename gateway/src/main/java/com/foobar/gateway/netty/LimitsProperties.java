package com.foobar.gateway.netty;

import java.time.Duration;

import com.foobar.gateway.settings.Require;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Limits of one client. Larger requests get 413, 414 or 431, and slower connections are
 * closed.
 *
 * @param headerSize maximum size of all headers of a request
 * @param uriSize maximum size of the request line
 * @param bodySize maximum size of the body of a request
 * @param idleTimeout how long a connection may be idle between requests
 * @param headerTimeout timeout for receiving the headers of a request
 * @param bodyIdleTimeout timeout between two parts of a request's body
 * @param bodyTimeout timeout for receiving the whole body of a request
 * @param sendTimeout timeout for a client to read a part of a response
 * @param maxConcurrentStreams maximum concurrent HTTP/2 streams on one connection
 */
@ConfigurationProperties("gateway.limits")
public record LimitsProperties(@DefaultValue("16KB") DataSize headerSize, @DefaultValue("8KB") DataSize uriSize,
		@DefaultValue("10MB") DataSize bodySize, @DefaultValue("75s") Duration idleTimeout,
		@DefaultValue("10s") Duration headerTimeout, @DefaultValue("15s") Duration bodyIdleTimeout,
		@DefaultValue("5m") Duration bodyTimeout, @DefaultValue("60s") Duration sendTimeout,
		@DefaultValue("128") int maxConcurrentStreams) {

	/** Checks the values. */
	public LimitsProperties {
		Require.between("gateway.limits.header-size", headerSize.toBytes(), 1024, 1024 * 1024);
		Require.between("gateway.limits.uri-size", uriSize.toBytes(), 256, 1024 * 1024);
		Require.between("gateway.limits.body-size", bodySize.toBytes(), 0, Long.MAX_VALUE);
		Require.positive("gateway.limits.idle-timeout", idleTimeout);
		Require.positive("gateway.limits.header-timeout", headerTimeout);
		Require.positive("gateway.limits.body-idle-timeout", bodyIdleTimeout);
		Require.positive("gateway.limits.body-timeout", bodyTimeout);
		Require.positive("gateway.limits.send-timeout", sendTimeout);
		Require.between("gateway.limits.max-concurrent-streams", maxConcurrentStreams, 1, 10_000);
	}

	public RequestSizes sizes() {
		return new RequestSizes((int) this.uriSize.toBytes(), (int) this.headerSize.toBytes());
	}

	public ClientTimeouts timeouts() {
		return new ClientTimeouts(this.idleTimeout, this.headerTimeout, this.bodyIdleTimeout, this.bodyTimeout,
				this.sendTimeout);
	}

}
