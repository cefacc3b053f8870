package com.foobar.gateway.proxy;

import java.util.concurrent.atomic.AtomicLong;

import com.foobar.gateway.backend.Backends;
import com.foobar.gateway.health.OutlierDetector;
import com.foobar.gateway.http.ForwardedHeaders;
import com.foobar.gateway.http.ResponseHeaders;
import com.foobar.gateway.loadbalancer.LoadBalancer;
import com.foobar.gateway.netty.LimitsProperties;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ReactorResourceFactory;

/**
 * Beans of this package.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties({ ClientProperties.class, RetryProperties.class, WebSocketProperties.class })
class ProxyConfiguration {

	@Bean(destroyMethod = "close")
	BackendClients backendClients(ClientProperties properties, Backends backends, ReactorResourceFactory resources,
			MeterRegistry registry) {
		BackendClients clients = new BackendClients(properties, BackendClients.eventLoops(resources.getLoopResources()),
				registry);
		backends.subscribe(clients);
		return clients;
	}

	@Bean
	BackendMeters backendMeters(MeterRegistry registry, Backends backends) {
		BackendMeters meters = new BackendMeters(registry, backends);
		backends.subscribe(meters);
		return meters;
	}

	@Bean
	EventStreams eventStreams() {
		return new EventStreams();
	}

	@Bean
	WebSockets webSockets(WebSocketProperties properties, MeterRegistry registry) {
		WebSockets webSockets = new WebSockets(properties.idleTimeout());
		Gauge.builder("gateway.websockets", webSockets, WebSockets::count)
			.description("WebSockets that are open")
			.register(registry);
		return webSockets;
	}

	@Bean
	ProxyFilter proxyFilter(Backends backends, BackendClients clients, LoadBalancer loadBalancer,
			OutlierDetector outlierDetector, RetryProperties retry, BackendMeters meters,
			ForwardedHeaders forwardedHeaders, ResponseHeaders responseHeaders, EventStreams eventStreams,
			WebSockets webSockets, LimitsProperties limits) {
		return new ProxyFilter(new ProxyRequest.Services(backends, clients, loadBalancer, outlierDetector,
				new RetryPolicy(retry.maxAttempts()), new RetryBudget(retry.budget(), retry.budgetBurst()), meters,
				forwardedHeaders, responseHeaders, eventStreams, webSockets, limits.bodySize().toBytes(),
				(int) retry.responseBuffer().toBytes(), new AtomicLong()));
	}

}
