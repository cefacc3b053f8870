package com.foobar.web.assets;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;
import org.springframework.web.servlet.resource.ResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;

/**
 * Resolves asset names with the hash of another version to the current file. During a
 * rolling update, the page and its assets may come from instances of different versions,
 * and another version's style sheet is better than none. Such a response, and one for a
 * name without a hash, is not cacheable. Stateless.
 */
class CurrentAssetResolver implements ResourceResolver {

	private static final Pattern HASHED = Pattern.compile("([A-Za-z0-9._-]+)-[0-9a-f]{32}(\\.[A-Za-z0-9]+)");

	@Override
	public @Nullable Resource resolveResource(@Nullable HttpServletRequest request, String path,
			List<? extends Resource> locations, ResourceResolverChain chain) {
		Matcher hashed = HASHED.matcher(path);
		Resource asset = chain.resolveResource(request, path, locations);
		if (!hashed.matches()) {
			return uncacheable(asset);
		}
		return (asset != null) ? asset
				: uncacheable(chain.resolveResource(request, hashed.group(1) + hashed.group(2), locations));
	}

	@Override
	public @Nullable String resolveUrlPath(String path, List<? extends Resource> locations,
			ResourceResolverChain chain) {
		return chain.resolveUrlPath(path, locations);
	}

	private static @Nullable Resource uncacheable(@Nullable Resource asset) {
		return (asset != null) ? new UncacheableResource(asset) : null;
	}

}
