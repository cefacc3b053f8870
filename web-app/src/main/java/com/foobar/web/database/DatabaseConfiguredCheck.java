package com.foobar.web.database;

import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Fails at startup if no database is configured, before any bean is created: a later
 * failure would be about drivers.
 */
@Component
class DatabaseConfiguredCheck implements BeanFactoryPostProcessor, EnvironmentAware {

	private boolean configured;

	@Override
	public void setEnvironment(Environment environment) {
		this.configured = StringUtils.hasText(environment.getProperty("spring.datasource.url"));
	}

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
		if (!this.configured) {
			throw new DatabaseNotConfiguredException();
		}
	}

	/**
	 * No database is configured.
	 */
	static final class DatabaseNotConfiguredException extends RuntimeException {

		DatabaseNotConfiguredException() {
			super("spring.datasource.url is not set");
		}

	}

}
