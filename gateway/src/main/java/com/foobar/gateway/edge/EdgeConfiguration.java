package com.foobar.gateway.edge;

import java.time.Clock;

import com.foobar.gateway.limit.Limits;
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
@EnableConfigurationProperties({ EdgeProperties.class, LimitsProperties.class })
class EdgeConfiguration {

	@Bean
	HostRules hostRules(EdgeProperties properties) {
		return properties.hostRules();
	}

	@Bean
	Redirects redirects(EdgeProperties properties) {
		return new Redirects(properties.publicHttpsPort());
	}

	@Bean
	AnswerHeaders answerHeaders(EdgeProperties properties, @Value("${foobar.server-timing:false}") boolean showRoute,
			Draining draining) {
		return new AnswerHeaders(properties.hstsMaxAge(), showRoute, draining::isDraining);
	}

	@Bean
	ForwardedHeaders forwardedHeaders(EdgeProperties properties) {
		return new ForwardedHeaders(properties.publicHttpsPort());
	}

	@Bean
	ProblemWriter problemWriter(AnswerHeaders answerHeaders) {
		return new ProblemWriter(answerHeaders);
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
	Draining draining(ApplicationContext context, EdgeProperties properties, OpenConnections connections) {
		return new Draining(context, properties.shutdownDelay(), connections);
	}

	@Bean
	LastRequests lastRequests(Limits limits, OpenConnections connections, EdgeProperties properties) {
		return new LastRequests(() -> limits.admission().underWay() > 0, connections, properties.shutdownDelay());
	}

	@Bean
	@ConditionalOnProperty("server.ssl.bundle")
	CertificateNews certificateNews(SslBundles bundles, @Value("${server.ssl.bundle}") String name) {
		return new CertificateNews(bundles, name, Clock.systemUTC());
	}

	@Bean
	AccessLog accessLog(EdgeProperties properties) {
		return new AccessLog(properties.accessLog(), properties.accessLogFormat(), Clock.systemUTC());
	}

	@Bean
	ServerLimits serverLimits(LimitsProperties limits, OpenConnections connections, LastRequests lastRequests,
			ProblemWriter problems, AccessLog accessLog) {
		return new ServerLimits(limits, connections, lastRequests, problems, accessLog);
	}

	@Bean
	HttpRedirectServer httpRedirectServer(EdgeProperties properties,
			@Value("${server.address:#{null}}") @Nullable String address, HostRules hosts, Redirects redirects,
			ProblemWriter problems, AccessLog accessLog, LimitsProperties limits) {
		return new HttpRedirectServer(properties.httpPort(), address, hosts, redirects, problems, accessLog,
				limits.sizes());
	}

	// Replaces Spring Cloud Gateway's own.
	@Bean
	RouteMapping routePredicateHandlerMapping(FilteringWebHandler forwarding, RouteLocator routes,
			GlobalCorsProperties cors, Environment environment, ObjectProvider<ApiVersionStrategy> versions,
			AnswerHeaders answerHeaders) {
		RouteMapping mapping = new RouteMapping(forwarding, routes, cors, environment, answerHeaders);
		versions.ifAvailable(mapping::setApiVersionStrategy);
		return mapping;
	}

	// Replaces Boot's own, which would be the bare handler; the management port has
	// another.
	@Bean
	HttpHandler httpHandler(RoutePredicateHandlerMapping routes, ObjectProvider<WebFilter> filters,
			ObjectProvider<WebExceptionHandler> exceptionHandlers, EdgeProperties properties, HostRules hosts,
			Redirects redirects, ProblemWriter problems, AnswerHeaders answerHeaders, Draining draining, Limits limits,
			OpenConnections connections, LimitsProperties limitsProperties, AccessLog accessLog) {
		HttpHandler application = WebHttpHandlerBuilder.webHandler(new RoutedHandler(routes))
			.filters((all) -> filters.orderedStream().forEach(all::add))
			.exceptionHandlers((all) -> exceptionHandlers.orderedStream().forEach(all::add))
			.build();
		return new EdgeHandler(application, hosts, redirects, problems, answerHeaders, accessLog, draining, limits,
				connections, properties.traceSampling(), limitsProperties);
	}

}
