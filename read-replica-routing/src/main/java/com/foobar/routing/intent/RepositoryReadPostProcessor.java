package com.foobar.routing.intent;

import java.util.function.Supplier;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.data.repository.core.support.TransactionalRepositoryFactoryBeanSupport;

/**
 * Adds a {@link RepositoryReadInterceptor} to the repositories that open transactions,
 * before they are created.
 */
public final class RepositoryReadPostProcessor implements BeanPostProcessor {

	private final Supplier<ReadIntentResolver> intents;

	/**
	 * Create a post processor.
	 * @param intents supplies the resolver of the repositories' own transactions; called
	 * when the first repository is created
	 */
	public RepositoryReadPostProcessor(Supplier<ReadIntentResolver> intents) {
		this.intents = intents;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		if (bean instanceof TransactionalRepositoryFactoryBeanSupport<?, ?, ?> repository) {
			ReadIntentResolver resolver = this.intents.get();
			repository.addRepositoryFactoryCustomizer((factory) -> factory.addRepositoryProxyPostProcessor(
					(proxy, information) -> proxy.addAdvice(new RepositoryReadInterceptor(resolver, information))));
		}
		return bean;
	}

}
