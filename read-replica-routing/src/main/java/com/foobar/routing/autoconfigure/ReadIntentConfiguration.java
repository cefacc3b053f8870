package com.foobar.routing.autoconfigure;

import java.util.function.Supplier;

import com.foobar.routing.intent.ReadIntentResolver;
import com.foobar.routing.intent.RepositoryReadPostProcessor;
import com.foobar.routing.intent.RequestSafety;
import com.foobar.routing.intent.ServletRequestSafety;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Role;
import org.springframework.data.repository.core.support.TransactionalRepositoryFactoryBeanSupport;
import org.springframework.util.ClassUtils;

/**
 * Configuration of the read intents: which reads may run on replicas outside of the
 * application's transactions.
 */
@Configuration(proxyBeanMethods = false)
class ReadIntentConfiguration {

	private static final String[] SERVLET_REQUESTS = { "jakarta.servlet.Servlet",
			"org.springframework.web.context.request.RequestContextHolder" };

	@Bean
	@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
	ReadIntentResolver readReplicaRoutingReadIntents(ReadReplicaRoutingProperties properties) {
		return new ReadIntentResolver(properties.repositoryReads(), properties.unsafeRequests(), requestKind());
	}

	private static Supplier<RequestSafety> requestKind() {
		for (String required : SERVLET_REQUESTS) {
			if (!ClassUtils.isPresent(required, ReadIntentConfiguration.class.getClassLoader())) {
				return () -> RequestSafety.NONE;
			}
		}
		return new ServletRequestSafety();
	}

	/**
	 * Spring Data repositories open transactions of their own.
	 */
	@Configuration(proxyBeanMethods = false)
	@ConditionalOnClass(TransactionalRepositoryFactoryBeanSupport.class)
	static class RepositoryConfiguration {

		@Bean
		@Role(BeanDefinition.ROLE_INFRASTRUCTURE)
		static RepositoryReadPostProcessor readReplicaRoutingRepositoryReadPostProcessor(
				ObjectProvider<ReadIntentResolver> intents) {
			return new RepositoryReadPostProcessor(intents::getObject);
		}

	}

}
