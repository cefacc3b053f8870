package com.foobar.gateway.server;

import java.time.Clock;

import com.foobar.gateway.accesslog.AccessLog;
import com.foobar.gateway.http.ForwardedHeaders;
import com.foobar.gateway.http.HostRules;
import com.foobar.gateway.http.ProblemExceptionHandler;
import com.foobar.gateway.http.ProblemWriter;
import com.foobar.gateway.http.Redirects;
import com.foobar.gateway.http.ResponseHeaders;
import com.foobar.gateway.limit.Limits;
import com.foobar.gateway.netty.LimitsProperties;
import com.foobar.gateway.netty.NettyServerCustomizer;
import com.foobar.gateway.shutdown.ConnectionDrainer;
import com.foobar.gateway.shutdown.OpenConnections;
import com.foobar.gateway.shutdown.ShutdownAnnouncer;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.cloud.gateway.config.GlobalCorsProperties;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.cloud.gateway.handler.RoutePredicateHandlerMapping;
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
	Redirects redirects(ServerProperties properties) {
		return new Redirects(properties.publicHttpsPort());
	}

	@Bean
	ResponseHeaders responseHeaders(ServerProperties properties,
			@Value("${foobar.server-timing:false}") boolean showRoute, ShutdownAnnouncer draining) {
		return new ResponseHeaders(properties.hstsMaxAge(), showRoute, draining::isDraining);
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
	ShutdownAnnouncer draining(ApplicationContext context, ServerProperties properties, OpenConnections connections) {
		return new ShutdownAnnouncer(context, properties.shutdownDelay(), connections);
	}

	@Bean
	ConnectionDrainer lastRequests(Limits limits, OpenConnections connections, ServerProperties properties) {
		return new ConnectionDrainer(() -> limits.concurrencyLimiter().active() > 0, connections,
				properties.shutdownDelay());
	}

	@Bean
	@ConditionalOnProperty("server.ssl.bundle")
	CertificateExpiryLogger certificateNews(SslBundles bundles, @Value("${server.ssl.bundle}") String name) {
		return new CertificateExpiryLogger(bundles, name, Clock.systemUTC());
	}

	@Bean
	AccessLog accessLog(ServerProperties properties) {
		return new AccessLog(properties.accessLog(), properties.accessLogFormat(), Clock.systemUTC());
	}

	@Bean
	NettyServerCustomizer serverLimits(LimitsProperties limits, OpenConnections connections,
			ConnectionDrainer lastRequests, ProblemWriter problems, AccessLog accessLog) {
		return new NettyServerCustomizer(limits, connections, lastRequests, problems, accessLog);
	}

	@Bean
	HttpRedirectServer httpRedirectServer(ServerProperties properties,
			@Value("${server.address:#{null}}") @Nullable String address, HostRules hosts, Redirects redirects,
			ProblemWriter problems, AccessLog accessLog, LimitsProperties limits) {
		return new HttpRedirectServer(properties.httpPort(), address, hosts, redirects, problems, accessLog,
				limits.sizes());
	}

	// Replaces Spring Cloud Gateway's own.
	@Bean
	RouteDispatcher routePredicateHandlerMapping(FilteringWebHandler forwarding, RouteLocator routes,
			GlobalCorsProperties cors, Environment environment, ObjectProvider<ApiVersionStrategy> versions,
			ResponseHeaders responseHeaders) {
		RouteDispatcher mapping = new RouteDispatcher(forwarding, routes, cors, environment, responseHeaders);
		versions.ifAvailable(mapping::setApiVersionStrategy);
		return mapping;
	}

	// Replaces Boot's own, which would be the bare handler; the management port has
	// another.
	@Bean
	HttpHandler httpHandler(RouteDispatcher routes, ObjectProvider<WebFilter> filters,
			ObjectProvider<WebExceptionHandler> exceptionHandlers, ServerProperties properties, HostRules hosts,
			Redirects redirects, ProblemWriter problems, ResponseHeaders responseHeaders, ShutdownAnnouncer draining,
			Limits limits, OpenConnections connections, LimitsProperties limitsProperties, AccessLog accessLog) {
		HttpHandler application = WebHttpHandlerBuilder.webHandler(routes)
			.filters((all) -> filters.orderedStream().forEach(all::add))
			.exceptionHandlers((all) -> exceptionHandlers.orderedStream().forEach(all::add))
			.build();
		return new GatewayHttpHandler(application, hosts, redirects, problems, responseHeaders, accessLog, draining,
				limits, connections, properties.traceSampling(), limitsProperties);
	}

}
