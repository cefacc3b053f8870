package com.foobar.routing.autoconfigure;

import java.util.function.Supplier;

import com.foobar.routing.intent.ReadIntents;
import com.foobar.routing.intent.RepositoryReadPostProcessor;
import com.foobar.routing.intent.RequestKind;
import com.foobar.routing.intent.ServletRequestKind;

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
	ReadIntents readReplicaRoutingReadIntents(ReadReplicaRoutingProperties properties) {
		return new ReadIntents(properties.repositoryReads(), properties.unsafeRequests(), requestKind());
	}

	private static Supplier<RequestKind> requestKind() {
		for (String required : SERVLET_REQUESTS) {
			if (!ClassUtils.isPresent(required, ReadIntentConfiguration.class.getClassLoader())) {
				return () -> RequestKind.NONE;
			}
		}
		return new ServletRequestKind();
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
				ObjectProvider<ReadIntents> intents) {
			return new RepositoryReadPostProcessor(intents::getObject);
		}

	}

}
