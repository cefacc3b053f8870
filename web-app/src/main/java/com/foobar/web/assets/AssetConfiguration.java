package com.foobar.web.assets;

import java.time.Duration;

import org.springframework.cache.Cache;
import org.springframework.cache.concurrent.ConcurrentMapCache;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.CachingResourceResolver;
import org.springframework.web.servlet.resource.CachingResourceTransformer;
import org.springframework.web.servlet.resource.CssLinkResourceTransformer;
import org.springframework.web.servlet.resource.VersionResourceResolver;

/**
 * Serves assets. Pages and style sheets name them by a hash of their content, and under
 * that name they are kept for a year; under any other they are given, and not kept.
 */
@Configuration(proxyBeanMethods = false)
class AssetConfiguration implements WebMvcConfigurer {

	private static final CacheControl FOR_EVER = CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

	@Override
	public void addResourceHandlers(ResourceHandlerRegistry registry) {
		// Holds names of this version only, as other names are dealt with before it:
		// clients could make up as many of those as they like.
		Cache cache = new ConcurrentMapCache("assets");
		registry.addResourceHandler("/assets/**")
			.addResourceLocations("classpath:/static/assets/")
			.setCacheControl(FOR_EVER)
			.resourceChain(false)
			.addResolver(new CurrentAssetResolver())
			.addResolver(new CachingResourceResolver(cache))
			.addResolver(new VersionResourceResolver().addContentVersionStrategy("/**"))
			.addTransformer(new UnkeptAssetTransformer())
			.addTransformer(new CachingResourceTransformer(cache))
			.addTransformer(new CssLinkResourceTransformer());
	}

}
