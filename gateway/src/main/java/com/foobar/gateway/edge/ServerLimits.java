package com.foobar.gateway.edge;

import reactor.netty.http.server.HttpServer;

import org.springframework.boot.reactor.netty.NettyServerCustomizer;

/**
 * Puts the {@link LimitsProperties} on the site's server.
 */
class ServerLimits implements NettyServerCustomizer {

	private final LimitsProperties limits;

	ServerLimits(LimitsProperties limits) {
		this.limits = limits;
	}

	@Override
	public HttpServer apply(HttpServer server) {
		return server.idleTimeout(this.limits.idleTimeout())
			.readTimeout(this.limits.bodyIdleTimeout())
			.requestTimeout(this.limits.bodyTimeout())
			.httpRequestDecoder((decoder) -> decoder.maxHeaderSize((int) this.limits.headerSize().toBytes())
				.maxInitialLineLength((int) this.limits.uriSize().toBytes())
				.allowDuplicateContentLengths(false)
				.h2cMaxContentLength(0))
			.http2Settings((settings) -> settings.maxConcurrentStreams(this.limits.streams())
				.maxHeaderListSize(this.limits.headerSize().toBytes()));
	}

}
