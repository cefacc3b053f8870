package com.foobar.gateway.backend;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Beans of this package.
 */
@Configuration(proxyBeanMethods = false)
class DatabasesConfiguration {

	@Bean
	DatabaseReports databaseReports(Backends backends) {
		DatabaseReports reports = new DatabaseReports();
		backends.subscribe(reports);
		return reports;
	}

}
