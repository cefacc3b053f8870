package com.foobar.web;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.foobar.web.SiteClient.Response;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.io.Resource;
import org.springframework.util.DigestUtils;
import org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import org.springframework.web.servlet.resource.ResourceResolver;
import org.springframework.web.servlet.resource.ResourceResolverChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Assets and their caching, also while another version runs.
 */
class AssetsIT {

	private static final String FOR_EVER = "max-age=31536000, public, immutable";

	private static final String OTHER = "0123456789abcdef0123456789abcdef";

	@SuppressWarnings("NullAway.Init")
	private static ReplicatedDatabase database;

	@SuppressWarnings("NullAway.Init")
	private static ConfigurableApplicationContext context;

	@SuppressWarnings("NullAway.Init")
	private static SiteClient site;

	@BeforeAll
	static void start() {
		database = new ReplicatedDatabase();
		context = RunningSite.start(database.settings(), "spring.main.sources=" + RecordedLookups.class.getName());
		site = RunningSite.client(context);
	}

	@AfterAll
	static void stop() {
		if (context != null) {
			context.close();
		}
		database.close();
	}

	@Test
	void assetsReferencedByPagesAreImmutable() {
		String page = site.get("/", "Accept", "text/html").body();
		Matcher named = Pattern.compile("\"(/assets/[^\"]+)\"").matcher(page);
		int assets = 0;
		for (; named.find(); assets++) {
			assertThat(named.group(1)).matches("/assets/[a-z-]+-[0-9a-f]{32}\\.[a-z0-9]+");
			Response response = site.get(named.group(1));
			assertThat(response.status()).as(named.group(1)).isEqualTo(200);
			assertThat(response.header("Cache-Control")).as(named.group(1)).isEqualTo(FOR_EVER);
		}
		assertThat(assets).isGreaterThanOrEqualTo(3);
	}

	/** Looking up a link that is no asset in all jars is expensive. */
	@Test
	void linksOfPagesAreNotLookedUpAsResources() {
		assertThat(site.get("/", "Accept", "text/html").body()).contains("href=\"/sign-in\"");
		assertThat(RecordedLookups.paths).isEmpty();
	}

	/** So a style sheet gets another name when one of its fonts does. */
	@Test
	void namesContainTheHashOfTheServedContent() {
		String named = named("site", "css");
		assertThat(named).contains(DigestUtils.md5DigestAsHex(site.get(named).body().getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void respondsNotModifiedToTheCurrentETag() {
		String named = named("mark", "svg");
		String tag = site.get(named).header("ETag");
		assertThat(tag).isNotEmpty();
		assertThat(site.get(named, "If-None-Match", tag).status()).isEqualTo(304);
	}

	@Test
	void styleSheetsReferenceFontsByContentHash() {
		assertThat(site.get(named("site", "css")).body())
			.containsPattern("url\\(\"/assets/vollkorn-semibold-[0-9a-f]{32}\\.woff2")
			.doesNotContain("vollkorn-semibold.woff2");
	}

	@Test
	void styleSheetOfAnotherVersionReturnsTheCurrentOneUncached() {
		Response own = site.get(named("site", "css"));
		Response other = site.get("/assets/site-" + OTHER + ".css");
		assertThat(other.status()).isEqualTo(200);
		assertThat(other.body()).isEqualTo(own.body());
		assertThat(other.header("Content-Type")).isEqualTo(own.header("Content-Type")).startsWith("text/css");
		assertNotCached(other);
		assertThat(site.get(named("site", "css")).header("Cache-Control")).isEqualTo(FOR_EVER);
	}

	/** Files without a hash in their name also change with the version. */
	@ParameterizedTest
	@ValueSource(strings = { "vollkorn-semibold-" + OTHER + ".woff2", "mark-" + OTHER + ".svg", "api-" + OTHER + ".js",
			"site.css", "mark.svg", "vollkorn-license.txt" })
	void otherNamesAreNotCached(String name) {
		Response response = site.get("/assets/" + name);
		assertThat(response.status()).isEqualTo(200);
		assertThat(response.body()).isNotEmpty();
		assertNotCached(response);
	}

	/** All files of a jar have the same date, whatever their version. */
	@ParameterizedTest
	@ValueSource(strings = { "If-Modified-Since: Tue, 19 Jan 2038 03:14:07 GMT", "If-None-Match: *",
			"If-None-Match: W/\"" + OTHER + "\"" })
	void unknownEntityTagIsNotConfirmed(String condition) {
		String[] header = condition.split(": ", 2);
		assertThat(site.get("/assets/site-" + OTHER + ".css", header).status()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/assets/nothing-" + OTHER + ".css", "/assets/site-" + OTHER + ".js",
			"/assets/site-0123.css", "/assets/site-" + OTHER, "/assets/-" + OTHER + ".css", "/assets/nothing.css",
			"/assets/", "/assets/sub/site-" + OTHER + ".css", "/assets/..%2fsite-" + OTHER + ".css",
			"/assets/%2e%2e/%2e%2e/application-" + OTHER + ".yaml", "/assets/..%2f..%2fapplication-" + OTHER + ".yaml",
			"/assets/../../application-" + OTHER + ".yaml", "/assets/..-" + OTHER + ".css",
			"/assets/..%5c..%5capplication-" + OTHER + ".yaml", "/application-" + OTHER + ".yaml" })
	void missingAssetIsNotFound(String path) {
		Response response = site.get(path);
		assertThat(response.status()).as(path).isIn(400, 404);
		assertThat(response.body()).doesNotContain("datasource");
		assertThat(response.header("Cache-Control")).doesNotContain("max-age");
	}

	private static String named(String name, String extension) {
		String page = site.get("/", "Accept", "text/html").body();
		Matcher named = Pattern.compile("\"(/assets/" + name + "-[0-9a-f]{32}\\." + extension + ")\"").matcher(page);
		assertThat(named.find()).isTrue();
		return named.group(1);
	}

	private static void assertNotCached(Response response) {
		assertThat(response.header("Cache-Control")).isEqualTo("no-store");
		assertThat(response.header("Last-Modified")).isEmpty();
		assertThat(response.header("ETag")).isEmpty();
	}

	/** Registers a path of a page as resources as well, and records their lookups. */
	static final class RecordedLookups implements WebMvcConfigurer, ResourceResolver {

		private static final Set<String> paths = ConcurrentHashMap.newKeySet();

		@Override
		public void addResourceHandlers(ResourceHandlerRegistry registry) {
			registry.addResourceHandler("/sign-in").resourceChain(false).addResolver(this);
		}

		@Override
		public @Nullable Resource resolveResource(@Nullable HttpServletRequest request, String path,
				List<? extends Resource> locations, ResourceResolverChain chain) {
			paths.add(path);
			return null;
		}

		@Override
		public @Nullable String resolveUrlPath(String path, List<? extends Resource> locations,
				ResourceResolverChain chain) {
			paths.add(path);
			return null;
		}

	}

}
