package com.foobar.routing.autoconfigure;

import java.util.Arrays;
import java.util.List;

import javax.sql.DataSource;

import com.foobar.routing.connection.RoutingDataSource;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.type.AnnotationMetadata;
import org.springframework.util.ClassUtils;

/**
 * The application's own DataSource bean, which becomes the primary's pool.
 *
 * @param beanName its name
 */
record RoutedDataSource(String beanName) {

	/**
	 * Finds the DataSource bean that would be injected by type, and makes it no longer
	 * the first choice, so that the routing one can take its place. The bean itself is
	 * unchanged.
	 */
	static class Registrar implements ImportBeanDefinitionRegistrar {

		private static final String R2DBC = "io.r2dbc.spi.ConnectionFactory";

		@Override
		public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
			if (!(registry instanceof ConfigurableListableBeanFactory beanFactory)) {
				throw new IllegalStateException("The bean factory is a " + registry.getClass().getName()
						+ "; expected a ConfigurableListableBeanFactory");
			}
			String name = find(beanFactory);
			registry.getBeanDefinition(name).setPrimary(false);
			registry.registerBeanDefinition(RoutedDataSource.class.getName(),
					BeanDefinitionBuilder.rootBeanDefinition(RoutedDataSource.class)
						.addConstructorArgValue(name)
						.setRole(BeanDefinition.ROLE_INFRASTRUCTURE)
						.getBeanDefinition());
		}

		private static String find(ConfigurableListableBeanFactory beanFactory) {
			List<String> candidates = Arrays.stream(beanFactory.getBeanNamesForType(DataSource.class, true, false))
				.filter((name) -> !beanFactory.isTypeMatch(name, RoutingDataSource.class))
				.filter(beanFactory::containsBeanDefinition)
				.filter((name) -> beanFactory.getBeanDefinition(name).isAutowireCandidate())
				.toList();
			if (candidates.isEmpty() && ClassUtils.isPresent(R2DBC, beanFactory.getBeanClassLoader())
					&& beanFactory.getBeanNamesForType(
							ClassUtils.resolveClassName(R2DBC, beanFactory.getBeanClassLoader()), true,
							false).length > 0) {
				throw new InvalidRoutingConfigurationException(
						"Replicas are configured (read-replica-routing.replicas), but the application uses R2DBC, whose connections are not routed; expected JDBC.",
						"Use JDBC, configured by spring.datasource.url, or remove read-replica-routing.replicas.");
			}
			if (candidates.isEmpty()) {
				throw new InvalidRoutingConfigurationException(
						"Replicas are configured (read-replica-routing.replicas), but the application has no DataSource; expected one for the primary.",
						"Configure the primary with spring.datasource.url, or remove read-replica-routing.replicas.");
			}
			if (candidates.size() == 1) {
				return candidates.get(0);
			}
			List<String> primaries = candidates.stream()
				.filter((name) -> beanFactory.getBeanDefinition(name).isPrimary())
				.toList();
			if (primaries.size() != 1) {
				throw new InvalidRoutingConfigurationException(
						"Read-replica routing applies to one DataSource, but the application has several and "
								+ (primaries.isEmpty() ? "none" : "more than one") + " of them is @Primary: "
								+ candidates + "; expected exactly one @Primary.",
						"Annotate only the DataSource that the replicas belong to with @Primary.");
			}
			return primaries.get(0);
		}

	}

}
