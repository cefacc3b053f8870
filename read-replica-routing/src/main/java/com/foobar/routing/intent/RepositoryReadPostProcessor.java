package com.foobar.routing.intent;

import java.util.function.Supplier;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.data.repository.core.support.TransactionalRepositoryFactoryBeanSupport;

/**
 * Puts a {@link RepositoryReadInterceptor} into the repositories that open transactions,
 * before they are made.
 */
public final class RepositoryReadPostProcessor implements BeanPostProcessor {

	private final Supplier<ReadIntentResolver> intents;

	/**
	 * Create a post processor.
	 * @param intents hears of the repositories' own transactions; asked when the first
	 * repository is made
	 */
	public RepositoryReadPostProcessor(Supplier<ReadIntentResolver> intents) {
		this.intents = intents;
	}

	@Override
	public Object postProcessBeforeInitialization(Object bean, String beanName) {
		if (bean instanceof TransactionalRepositoryFactoryBeanSupport<?, ?, ?> repository) {
			ReadIntentResolver rule = this.intents.get();
			repository.addRepositoryFactoryCustomizer((factory) -> factory.addRepositoryProxyPostProcessor(
					(proxy, information) -> proxy.addAdvice(new RepositoryReadInterceptor(rule, information))));
		}
		return bean;
	}

}
