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
 * Finds an asset whose hash is another version's: while instances are replaced, a page of
 * one version names assets that are asked of an instance of another, and what that one
 * has is better than a page without style. Neither that nor what has no hash in its name
 * may be kept. Stateless.
 */
class CurrentAssetResolver implements ResourceResolver {

	private static final Pattern HASHED = Pattern.compile("([A-Za-z0-9._-]+)-[0-9a-f]{32}(\\.[A-Za-z0-9]+)");

	@Override
	public @Nullable Resource resolveResource(@Nullable HttpServletRequest request, String path,
			List<? extends Resource> locations, ResourceResolverChain chain) {
		Matcher hashed = HASHED.matcher(path);
		Resource asset = chain.resolveResource(request, path, locations);
		if (!hashed.matches()) {
			return unkept(asset);
		}
		return (asset != null) ? asset
				: unkept(chain.resolveResource(request, hashed.group(1) + hashed.group(2), locations));
	}

	@Override
	public @Nullable String resolveUrlPath(String path, List<? extends Resource> locations,
			ResourceResolverChain chain) {
		return chain.resolveUrlPath(path, locations);
	}

	private static @Nullable Resource unkept(@Nullable Resource asset) {
		return (asset != null) ? new UnkeptAsset(asset) : null;
	}

}
