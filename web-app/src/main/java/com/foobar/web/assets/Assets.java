package com.foobar.web.assets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.resource.ResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;

/**
 * The assets of this version, read once at startup. Pages and style sheets refer to them
 * by names with a content hash. Immutable.
 * <p>
 * Names with the hash of another version are resolved to the current file. During a
 * rolling update, the page and its assets may come from instances of different versions,
 * and another version's style sheet is better than none. Such a response, and one for a
 * name without a hash, is not cacheable.
 */
public final class Assets implements ResourceResolver {

	private static final String DIRECTORY = "assets/";

	private static final Pattern HASHED = Pattern
		.compile("(" + DIRECTORY + "[A-Za-z0-9._-]+)-[0-9a-f]{32}(\\.[A-Za-z0-9]+)");

	private static final Pattern STYLE_SHEET_LINK = Pattern.compile("url\\(\"([^\"]+)\"\\)");

	private final Map<String, String> urls = new HashMap<>();

	private final Map<String, Asset> cacheable = new HashMap<>();

	private final Map<String, Asset> uncacheable = new HashMap<>();

	Assets() throws IOException {
		Map<String, byte[]> files = new TreeMap<>();
		for (Resource file : new PathMatchingResourcePatternResolver()
			.getResources("classpath:/static/" + DIRECTORY + "*")) {
			files.put(Objects.requireNonNull(file.getFilename()), file.getContentAsByteArray());
		}
		files.forEach((name, content) -> {
			if (!name.endsWith(".css")) {
				add(name, content);
			}
		});
		// Last, because their links name the others. So their hashes change with these.
		files.forEach((name, content) -> {
			if (name.endsWith(".css")) {
				add(name, withHashedLinks(name, content));
			}
		});
	}

	private void add(String name, byte[] content) {
		String hash = DigestUtils.md5DigestAsHex(content);
		int extension = name.lastIndexOf('.');
		String hashed = name.substring(0, extension) + '-' + hash + name.substring(extension);
		Asset asset = Asset.cacheable(content, name, hash);
		this.urls.put(name, '/' + DIRECTORY + hashed);
		this.cacheable.put(DIRECTORY + hashed, asset);
		this.uncacheable.put(DIRECTORY + name, asset.uncacheable());
	}

	private byte[] withHashedLinks(String name, byte[] content) {
		Matcher link = STYLE_SHEET_LINK.matcher(new String(content, StandardCharsets.UTF_8));
		return link.replaceAll((match) -> {
			String target = this.urls.get(match.group(1));
			if (target == null) {
				throw new IllegalStateException(
						name + " links to " + match.group(1) + "; expected one of " + this.urls.keySet());
			}
			return Matcher.quoteReplacement("url(\"" + target + "\")");
		}).getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * The URL of an asset.
	 * @param name the name of the file
	 * @return the path with the content's hash
	 * @throws IllegalArgumentException if there is no such file
	 */
	public String url(String name) {
		String url = this.urls.get(name);
		if (url == null) {
			throw new IllegalArgumentException("No asset " + name + "; expected one of " + this.urls.keySet());
		}
		return url;
	}

	@Override
	public @Nullable Resource resolveResource(@Nullable HttpServletRequest request, String path,
			List<? extends Resource> locations, ResourceResolverChain chain) {
		Asset asset = this.cacheable.get(path);
		if (asset != null) {
			return asset;
		}
		Matcher hashed = HASHED.matcher(path);
		return this.uncacheable.get(hashed.matches() ? hashed.group(1) + hashed.group(2) : path);
	}

	/** Unused: pages and style sheets get the URLs from {@link #url}. */
	@Override
	public @Nullable String resolveUrlPath(String path, List<? extends Resource> locations,
			ResourceResolverChain chain) {
		return null;
	}

}
