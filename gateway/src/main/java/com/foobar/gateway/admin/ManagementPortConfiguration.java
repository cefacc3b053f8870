package com.foobar.gateway.admin;

import org.springframework.context.annotation.Bean;

/**
 * Beans of the management port's context, into which Spring Boot imports this by name. It
 * bears no annotation, so that it is not found by scanning and its filter does not stand
 * in the way of the site's requests.
 */
class ManagementPortConfiguration {

	@Bean
	AdminAuthFilter controlGuard(AdminPassword password) {
		return new AdminAuthFilter(password);
	}

}
