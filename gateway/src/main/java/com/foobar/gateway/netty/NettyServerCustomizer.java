package com.foobar.gateway.netty;

import com.foobar.gateway.accesslog.AccessLog;
import com.foobar.gateway.http.ProblemWriter;
import com.foobar.gateway.shutdown.ConnectionDrainer;
import com.foobar.gateway.shutdown.OpenConnections;
import reactor.netty.http.server.HttpRequestDecoderSpec;
import reactor.netty.http.server.HttpServer;

import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.core.Ordered;

/**
 * Applies the {@link LimitsProperties} and the channel handlers to the public server.
 */
public class NettyServerCustomizer implements WebServerFactoryCustomizer<NettyReactiveWebServerFactory>, Ordered {

	private final LimitsProperties limits;

	private final OpenConnections connections;

	private final ConnectionDrainer drainer;

	private final ProblemWriter problems;

	private final AccessLog accessLog;

	public NettyServerCustomizer(LimitsProperties limits, OpenConnections connections, ConnectionDrainer drainer,
			ProblemWriter problems, AccessLog accessLog) {
		this.limits = limits;
		this.connections = connections;
		this.drainer = drainer;
		this.problems = problems;
		this.accessLog = accessLog;
	}

	@Override
	public void customize(NettyReactiveWebServerFactory factory) {
		factory.addServerCustomizers(this::apply);
	}

	// After Boot's own, which would override these with its defaults.
	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	private HttpServer apply(HttpServer server) {
		ChannelPipelineConfigurer pipelines = new ChannelPipelineConfigurer(this.limits.timeouts(),
				this.limits.maxConcurrentStreams(), this.connections, new DecodingErrorHandler(this.accessLog));
		return pipelines.install(server)
			.mapHandle(new InvalidTargetHandler(this.problems, this.accessLog))
			.doOnBound((bound) -> this.drainer.acceptsOn(bound.channel()))
			.httpRequestDecoder((decoder) -> decode(decoder, this.limits.sizes()))
			.http2Settings((settings) -> settings.maxConcurrentStreams(this.limits.maxConcurrentStreams())
				.maxHeaderListSize(this.limits.sizes().http2List()));
	}

	/**
	 * Configures the HTTP/1 codec.
	 * @param decoder settings of the codec
	 * @param sizes limits of a request
	 */
	public static HttpRequestDecoderSpec decode(HttpRequestDecoderSpec decoder, RequestSizes sizes) {
		return decoder.maxHeaderSize(sizes.headers())
			.maxInitialLineLength(sizes.line())
			.allowDuplicateContentLengths(false)
			.h2cMaxContentLength(0);
	}

}
