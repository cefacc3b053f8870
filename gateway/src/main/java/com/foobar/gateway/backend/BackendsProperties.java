package com.foobar.gateway.backend;

import java.time.Duration;
import java.util.List;

import com.foobar.gateway.settings.InvalidSettingException;
import com.foobar.gateway.settings.Require;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Addresses of the backends.
 *
 * @param urls base URLs of the backends, each optionally followed by weight=N (0 to 256,
 * by default 1) or backup (serves only when no active backend can); each address of a
 * host name is a backend
 * @param resolveInterval how often host names are resolved again
 */
@ConfigurationProperties("gateway.backends")
record BackendsProperties(@Nullable List<String> urls, @DefaultValue("1s") Duration resolveInterval) {

	BackendsProperties {
		if (urls == null || urls.isEmpty()) {
			throw new InvalidSettingException(
					"gateway.backends.urls is not set; expected the base URL of at least one backend",
					"Set gateway.backends.urls, for example gateway.backends.urls=http://web-app:8080.");
		}
		Require.positive("gateway.backends.resolve-interval", resolveInterval);
		urls = List.copyOf(urls);
		urls.forEach(BackendUrl::parse);
	}

	List<BackendUrl> parsedUrls() {
		List<String> configured = (this.urls != null) ? this.urls : List.of();
		return configured.stream().map(BackendUrl::parse).distinct().toList();
	}

}
