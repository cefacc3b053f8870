package com.foobar.web.route;

import org.hibernate.cfg.JdbcSettings;
import org.hibernate.resource.jdbc.spi.StatementInspector;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

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
	 * Without replicas there are no routing decisions to listen to: every statement goes
	 * to the only database.
	 */
	@Bean
	HibernatePropertiesCustomizer singleDatabaseRoute(RouteRecorder recorder, ObjectProvider<Topology> topology,
			DataSourceProperties dataSource) {
		return (properties) -> {
			String url = dataSource.getUrl();
			if (topology.getIfAvailable() == null && url != null) {
				String node = DatabaseUrl.nodeName(url);
				StatementInspector recording = (sql) -> {
					recorder.record(node);
					return sql;
				};
				properties.put(JdbcSettings.STATEMENT_INSPECTOR, recording);
			}
		};
	}

}
