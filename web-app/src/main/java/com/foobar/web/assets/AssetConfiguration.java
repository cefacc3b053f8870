package com.foobar.web.assets;

import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.http.HttpServletRequest;

import org.springframework.cache.Cache;
import org.springframework.cache.concurrent.ConcurrentMapCache;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.CachingResourceResolver;
import org.springframework.web.servlet.resource.CachingResourceTransformer;
import org.springframework.web.servlet.resource.CssLinkResourceTransformer;
import org.springframework.web.servlet.resource.ResourceTransformerChain;
import org.springframework.web.servlet.resource.VersionResourceResolver;

/**
 * Serves assets. Pages and style sheets refer to them by names with a content hash, which
 * are cacheable for a year. Under any other name they are served as not cacheable.
 */
@Configuration(proxyBeanMethods = false)
class AssetConfiguration implements WebMvcConfigurer {

	private static final CacheControl ONE_YEAR = CacheControl.maxAge(Duration.ofDays(365)).cachePublic().immutable();

	@Override
	public void addResourceHandlers(ResourceHandlerRegistry registry) {
		// Contains only names of this version. Other names are resolved before the cache,
		// because clients can invent any number of them.
		Cache cache = new ConcurrentMapCache("assets");
		registry.addResourceHandler("/assets/**")
			.addResourceLocations("classpath:/static/assets/")
			.setCacheControl(ONE_YEAR)
			.resourceChain(false)
			.addResolver(new CurrentAssetResolver())
			.addResolver(new CachingResourceResolver(cache))
			.addResolver(new VersionResourceResolver().addContentVersionStrategy("/**"))
			.addTransformer(AssetConfiguration::transform)
			.addTransformer(new CachingResourceTransformer(cache))
			.addTransformer(new CssLinkResourceTransformer());
	}

	/** Transforms an uncacheable resource as any other, and keeps it uncacheable. */
	private static Resource transform(HttpServletRequest request, Resource asset, ResourceTransformerChain chain)
			throws IOException {
		return (asset instanceof UncacheableResource uncacheable)
				? new UncacheableResource(chain.transform(request, uncacheable.content()))
				: chain.transform(request, asset);
	}

}
