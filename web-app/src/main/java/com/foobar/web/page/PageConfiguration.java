package com.foobar.web.page;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

import com.foobar.routing.Topology;
import com.foobar.web.assets.Assets;

/**
 * Registers the rendering of pages, and {@link PageInterceptor} for all of them.
 */
@Configuration(proxyBeanMethods = false)
class PageConfiguration implements WebMvcConfigurer {

	@Override
	public void addInterceptors(InterceptorRegistry registry) {
		registry.addInterceptor(new PageInterceptor())
			.excludePathPatterns("/api/*/**", "/api/openapi.yaml", "/assets/**");
	}

	/**
	 * With this name it replaces Spring Boot's resolver, which would negotiate the type
	 * of each page. Pages are HTML, whatever a client accepts.
	 */
	@Bean("viewResolver")
	PageViewResolver pageViewResolver(ObjectProvider<Topology> topology, Assets assets) {
		return new PageViewResolver(topology, assets);
	}

}
