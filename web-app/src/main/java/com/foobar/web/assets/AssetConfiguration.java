package com.foobar.web.assets;

import java.io.IOException;
import java.time.Duration;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Serves {@link Assets}: cacheable for a year under names with a content hash, not
 * cacheable under any other name. There are no other files, so a path that no controller
 * maps is not found without a lookup in the classpath.
 */
@Configuration(proxyBeanMethods = false)
class AssetConfiguration implements WebMvcConfigurer {

	private static final CacheControl ONE_YEAR = CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

	private final Assets assets;

	AssetConfiguration(Assets assets) {
		this.assets = assets;
	}

	@Bean
	static Assets assets() throws IOException {
		return new Assets();
	}

	@Override
	public void addResourceHandlers(ResourceHandlerRegistry registry) {
		registry.addResourceHandler("/**")
			.setCacheControl(ONE_YEAR)
			.setUseLastModified(false)
			.setEtagGenerator((resource) -> (resource instanceof Asset asset) ? asset.entityTag() : null)
			.resourceChain(false)
			.addResolver(this.assets);
	}

}
