package com.foobar.gateway.netty;

import java.time.Duration;
import java.util.Map;

import com.foobar.gateway.settings.Require;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;
import reactor.netty.http.server.HttpServerRequest;

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

	/** What a request line has besides method and target. */
	private static final int VERSION = "  HTTP/1.1".length();

	/** What a header line has besides name and value. */
	private static final int SEPARATOR = ": ".length();

	/**
	 * Fields of a request that the codec of HTTP/2 takes into account with 32 bytes each
	 * (RFC 9113, section 6.5.2).
	 */
	private static final int HTTP2_FIELDS = 100 * 32;

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

	/** These limits, with the same time for every step of a client. */
	public LimitsProperties withTimeouts(Duration timeout) {
		return new LimitsProperties(this.headerSize, this.uriSize, this.bodySize, timeout, timeout, timeout, timeout,
				timeout, this.maxConcurrentStreams);
	}

	/**
	 * Whether a request is larger than a backend has to accept. The codec of HTTP/1
	 * rejects requests that are too large as received; that of HTTP/2 has one limit for
	 * target and headers together. This holds for both, and for targets as they are
	 * forwarded, which are longer if characters had to be encoded.
	 * @param request the request
	 * @param http2 whether it came by HTTP/2
	 * @return 414 or 431, or null if it is not
	 */
	public @Nullable HttpResponseStatus excess(HttpServerRequest request, boolean http2) {
		if (request.method().name().length() + request.uri().length() + VERSION > this.uriSize.toBytes()) {
			return HttpResponseStatus.REQUEST_URI_TOO_LONG;
		}
		return (http2 && headersLength(request) > this.headerSize.toBytes())
				? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE : null;
	}

	private static int headersLength(HttpServerRequest request) {
		int length = 0;
		var entries = request.requestHeaders().iteratorAsString();
		while (entries.hasNext()) {
			Map.Entry<String, String> entry = entries.next();
			length += entry.getKey().length() + entry.getValue().length() + SEPARATOR;
		}
		return length;
	}

	/** What the codec of HTTP/2 must let pass so that {@link #excess} can be found. */
	long http2HeaderListSize() {
		return this.uriSize.toBytes() + this.headerSize.toBytes() + HTTP2_FIELDS;
	}

}
