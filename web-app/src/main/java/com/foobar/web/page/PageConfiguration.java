package com.foobar.web.page;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import com.foobar.routing.Topology;

/**
 * Registers {@link PageInterceptor} for all pages.
 */
@Configuration(proxyBeanMethods = false)
class PageConfiguration implements WebMvcConfigurer {

	private final ObjectProvider<Topology> topology;

	PageConfiguration(ObjectProvider<Topology> topology) {
		this.topology = topology;
	}

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(new PageInterceptor(this.topology))
			.excludePathPatterns("/api/*/**", "/api/openapi.yaml", "/assets/**");
	}

}
