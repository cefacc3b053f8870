package com.foobar.routing.autoconfigure;

import com.foobar.routing.Causality;
import com.foobar.routing.connection.RoutingDataSource;
import com.foobar.routing.web.CausalityClientInterceptor;
import com.foobar.routing.web.CausalityExchangeFilter;
import com.foobar.routing.web.CausalityFilter;
import com.foobar.routing.web.TrustedHosts;
import jakarta.servlet.Filter;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.RestTemplateCustomizer;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;

/**
 * Auto-configuration of the exchange of causality tokens over HTTP.
 */
@AutoConfiguration(after = ReadReplicaRoutingAutoConfiguration.class)
@ConditionalOnBean(RoutingDataSource.class)
@EnableConfigurationProperties(PropagationProperties.class)
public final class ReadReplicaRoutingWebAutoConfiguration {

	/**
	 * Exchanges tokens between clients, such as browsers, and this application.
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
	 * Exchanges tokens with other services, for clients that use the interceptor.
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
	 * Exchanges tokens with other services, for clients that use the filter.
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

	/**
	 * Exchanges tokens with the listed hosts, in Boot's RestClient and RestTemplate
	 * builders.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ RestClientCustomizer.class, RestTemplateCustomizer.class })
	static class ClientCustomizerConfiguration {

		@Bean
		RestClientCustomizer readReplicaRoutingRestClientCustomizer(Causality causality,
				PropagationProperties properties) {
			ClientHttpRequestInterceptor interceptor = interceptor(causality, properties);
			return (builder) -> builder.requestInterceptor(interceptor);
		}

		@Bean
		RestTemplateCustomizer readReplicaRoutingRestTemplateCustomizer(Causality causality,
				PropagationProperties properties) {
			ClientHttpRequestInterceptor interceptor = interceptor(causality, properties);
			return (template) -> template.getInterceptors().add(interceptor);
		}

		private static ClientHttpRequestInterceptor interceptor(Causality causality, PropagationProperties properties) {
			return new CausalityClientInterceptor(causality, new TrustedHosts(properties.hosts()));
		}

	}

	/**
	 * Exchanges tokens with the listed hosts, in Boot's WebClient builders.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass({ ExchangeFilterFunction.class, WebClientCustomizer.class })
	static class ReactiveClientCustomizerConfiguration {

		@Bean
		WebClientCustomizer readReplicaRoutingWebClientCustomizer(Causality causality,
				PropagationProperties properties) {
			ExchangeFilterFunction filter = new CausalityExchangeFilter(causality,
					new TrustedHosts(properties.hosts()));
			return (builder) -> builder.filter(filter);
		}

	}

}
