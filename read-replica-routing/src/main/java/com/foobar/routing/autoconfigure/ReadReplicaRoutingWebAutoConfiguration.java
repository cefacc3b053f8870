package com.foobar.routing.autoconfigure;

import com.foobar.routing.Causality;
import com.foobar.routing.RoutingDataSource;
import com.foobar.routing.web.CausalityClientInterceptor;
import com.foobar.routing.web.CausalityExchangeFilter;
import com.foobar.routing.web.CausalityFilter;
import jakarta.servlet.Filter;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;

/**
 * Auto-configuration of what carries causality tokens over HTTP.
 */
@AutoConfiguration(after = ReadReplicaRoutingAutoConfiguration.class)
@ConditionalOnBean(RoutingDataSource.class)
public final class ReadReplicaRoutingWebAutoConfiguration {

	/**
	 * Between browsers, or other clients, and this application.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnClass({ Filter.class, OncePerRequestFilter.class })
	static class ServletConfiguration {

		@Bean
		@ConditionalOnMissingBean
		CausalityFilter readReplicaRoutingCausalityFilter(Causality causality) {
			return new CausalityFilter(causality);
		}

	}

	/**
	 * From this application to others, for clients that are given the interceptor.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ClientHttpRequestInterceptor.class)
	static class ClientConfiguration {

		@Bean
		@ConditionalOnMissingBean
		CausalityClientInterceptor readReplicaRoutingCausalityClientInterceptor(Causality causality) {
			return new CausalityClientInterceptor(causality);
		}

	}

	/**
	 * From this application to others, for clients that are given the filter.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(ExchangeFilterFunction.class)
	static class ReactiveClientConfiguration {

		@Bean
		@ConditionalOnMissingBean
		CausalityExchangeFilter readReplicaRoutingCausalityExchangeFilter(Causality causality) {
			return new CausalityExchangeFilter(causality);
		}

	}

}
