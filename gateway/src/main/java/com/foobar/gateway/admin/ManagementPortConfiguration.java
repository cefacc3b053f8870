package com.foobar.gateway.admin;

import org.springframework.context.annotation.Bean;

/**
 * Beans of the management port's context, into which Spring Boot imports this class by
 * name. It has no annotation: component scanning would also apply its filter to the
 * site's requests.
 */
class ManagementPortConfiguration {

	@Bean
	AdminAuthFilter adminAuthFilter(AdminPassword password) {
		return new AdminAuthFilter(password);
	}

}
