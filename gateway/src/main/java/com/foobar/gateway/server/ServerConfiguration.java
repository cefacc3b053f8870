package com.foobar.gateway.server;

import java.time.Clock;

import com.foobar.gateway.accesslog.AccessLog;
import com.foobar.gateway.health.HealthProperties;
import com.foobar.gateway.http.ForwardedHeaders;
import com.foobar.gateway.http.HostRules;
import com.foobar.gateway.http.InternalPaths;
import com.foobar.gateway.http.ProblemExceptionHandler;
import com.foobar.gateway.http.ProblemWriter;
import com.foobar.gateway.http.ResponseHeaders;
import com.foobar.gateway.limit.ConcurrencyLimiter;
import com.foobar.gateway.limit.IpFilter;
import com.foobar.gateway.limit.RateLimiter;
import com.foobar.gateway.netty.ChannelPipelineConfigurer;
import com.foobar.gateway.netty.EarlyRejections;
import com.foobar.gateway.netty.LimitsProperties;
import com.foobar.gateway.shutdown.ConnectionDrainer;
import com.foobar.gateway.shutdown.OpenConnections;
import com.foobar.gateway.shutdown.ShutdownAnnouncer;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.reactor.netty.NettyReactiveWebServerFactory;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.cloud.gateway.config.GlobalCorsProperties;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.web.reactive.accept.ApiVersionStrategy;
import org.springframework.web.server.WebExceptionHandler;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;

/**
 * Beans of this package.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ ServerProperties.class, LimitsProperties.class })
class ServerConfiguration {

	@Bean
	HostRules hostRules(ServerProperties properties) {
		return properties.hostRules();
	}

	@Bean
	ResponseHeaders responseHeaders(ServerProperties properties,
			@Value("${foobar.server-timing:false}") boolean showRoute, OpenConnections connections) {
		return new ResponseHeaders(properties.hstsMaxAge(), showRoute, connections::isDraining);
	}

	@Bean
	ForwardedHeaders forwardedHeaders(ServerProperties properties) {
		return new ForwardedHeaders(properties.publicHttpsPort());
	}

	@Bean
	ProblemWriter problemWriter(ResponseHeaders responseHeaders) {
		return new ProblemWriter(responseHeaders);
	}

	@Bean
	ProblemExceptionHandler problemExceptionHandler(ProblemWriter writer) {
		return new ProblemExceptionHandler(writer);
	}

	@Bean
	OpenConnections openConnections() {
		return new OpenConnections();
	}

	@Bean
	ShutdownAnnouncer shutdownAnnouncer(ApplicationContext context, ServerProperties properties,
			OpenConnections connections) {
		return new ShutdownAnnouncer(context, properties.shutdownDelay(), connections);
	}

	@Bean
	ConnectionDrainer connectionDrainer(ConcurrencyLimiter limiter, OpenConnections connections,
			ServerProperties properties) {
		return new ConnectionDrainer(() -> limiter.active() > 0, connections, properties.shutdownDelay());
	}

	@Bean
	@ConditionalOnProperty("server.ssl.bundle")
	CertificateExpiryLogger certificateExpiryLogger(SslBundles bundles, @Value("${server.ssl.bundle}") String name) {
		return new CertificateExpiryLogger(bundles, name, Clock.systemUTC());
	}

	@Bean
	AccessLog accessLog(ServerProperties properties) {
		return new AccessLog(properties.accessLog(), properties.accessLogFormat(), Clock.systemUTC());
	}

	@Bean
	EarlyRejections earlyRejections(ProblemWriter problems, AccessLog accessLog) {
		return new EarlyRejections(problems, accessLog);
	}

	// Has no order, and so comes after Boot's own, which would override the limits.
	@Bean
	WebServerFactoryCustomizer<NettyReactiveWebServerFactory> siteServer(LimitsProperties limits,
			OpenConnections connections, ConnectionDrainer drainer, EarlyRejections rejections) {
		ChannelPipelineConfigurer pipelines = new ChannelPipelineConfigurer(limits, connections, rejections);
		return (factory) -> factory.addServerCustomizers((server) -> pipelines.install(server)
			.mapHandle(rejections::withProblem)
			.doOnBound((bound) -> drainer.acceptsOn(bound.channel())));
	}

	@Bean
	HttpRedirectServer httpRedirectServer(ServerProperties properties,
			@Value("${server.address:#{null}}") @Nullable String address, HostRules hosts, ProblemWriter problems,
			AccessLog accessLog, LimitsProperties limits) {
		return new HttpRedirectServer(properties.httpPort(), address, hosts, problems, accessLog, limits);
	}

	// Replaces Spring Cloud Gateway's own.
	@Bean
	RouteDispatcher routePredicateHandlerMapping(FilteringWebHandler forwarding, RouteLocator routes,
			GlobalCorsProperties cors, Environment environment, ObjectProvider<ApiVersionStrategy> versions,
			HealthProperties health, ResponseHeaders responseHeaders) {
		RouteDispatcher mapping = new RouteDispatcher(forwarding, routes, cors, environment,
				new InternalPaths(health.path()), responseHeaders);
		versions.ifAvailable(mapping::setApiVersionStrategy);
		return mapping;
	}

	// Replaces Boot's own, which would be the bare handler; the management port has
	// another.
	@Bean
	HttpHandler httpHandler(RouteDispatcher routes, ObjectProvider<WebFilter> filters,
			ObjectProvider<WebExceptionHandler> exceptionHandlers, ServerProperties properties, HostRules hosts,
			ProblemWriter problems, ResponseHeaders responseHeaders, AccessLog accessLog, OpenConnections connections,
			IpFilter ipFilter, RateLimiter rateLimiter, ConcurrencyLimiter concurrencyLimiter,
			LimitsProperties limits) {
		HttpHandler application = WebHttpHandlerBuilder.webHandler(routes)
			.filters((all) -> filters.orderedStream().forEach(all::add))
			.exceptionHandlers((all) -> exceptionHandlers.orderedStream().forEach(all::add))
			.build();
		return new GatewayHttpHandler(application, hosts, problems, responseHeaders, accessLog, connections, ipFilter,
				rateLimiter, concurrencyLimiter, limits, properties.traceSampling());
	}

}
