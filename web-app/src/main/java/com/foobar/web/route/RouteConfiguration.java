package com.foobar.web.route;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;

import com.foobar.routing.Topology;
import com.foobar.web.SiteProperties;
import com.foobar.web.database.DatabaseUrl;
import com.foobar.web.request.FilterOrder;

/**
 * Records and shows the route of requests if {@code foobar.server-timing} is set.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("foobar.server-timing")
class RouteConfiguration {

	@Bean
	FilterRegistrationBean<RouteFilter> routeFilter(SiteProperties properties, RouteRecorder recorder) {
		String instance = InstanceName.of(properties.instance());
		FilterRegistrationBean<RouteFilter> registration = new FilterRegistrationBean<>(
				new RouteFilter(instance, recorder, System::nanoTime));
		registration.setOrder(FilterOrder.ROUTE);
		return registration;
	}

	/**
	 * Without replicas there are no routing decisions to listen to: every transaction
	 * goes to the only database.
	 */
	@Bean
	TransactionExecutionListener singleDatabaseRoute(RouteRecorder recorder, ObjectProvider<Topology> topology,
			DataSourceProperties dataSource) {
		String url = dataSource.getUrl();
		String node = (topology.getIfAvailable() == null && url != null) ? DatabaseUrl.nodeName(url) : null;
		return new TransactionExecutionListener() {
			@Override
			public void afterBegin(TransactionExecution transaction, @Nullable Throwable failure) {
				if (node != null && failure == null) {
					recorder.record(node);
				}
			}
		};
	}

}
