package com.foobar.gateway.edge;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import com.foobar.gateway.settings.InvalidSettingException;
import com.foobar.gateway.settings.Require;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the gateway presents itself.
 *
 * @param httpPort port that answers plain HTTP with redirects to https; -1 for none, 0
 * for any free port
 * @param publicHttpsPort the port that clients use for https, written into redirects
 * @param hosts host names that are served; a leading {@code *.} stands for any name in
 * front
 * @param canonicalHosts host names that are redirected, each to the name it maps to
 * @param hstsMaxAge how long browsers shall insist on https; zero sends no such header
 * @param accessLog whether each request is logged
 */
@ConfigurationProperties("gateway")
record EdgeProperties(@DefaultValue("8080") int httpPort, @DefaultValue("443") int publicHttpsPort, @DefaultValue( {
		"www.foobar.com", "foobar.com", "www.foobar.localhost", "*.foobar.localhost", "localhost", "127.0.0.1",
		"[::1]" }) List<String> hosts, @Nullable Map<String, String> canonicalHosts,
		@DefaultValue("0s") Duration hstsMaxAge, @DefaultValue("true") boolean accessLog){

	EdgeProperties {
		Require.between("gateway.http-port", httpPort, -1, 65535);
		Require.between("gateway.public-https-port", publicHttpsPort, 1, 65535);
		if (hosts.isEmpty()) {
			throw new InvalidSettingException("gateway.hosts is empty; expected at least one host name",
					"Set gateway.hosts to the names under which the site is reached, such as www.example.com.");
		}
		hosts = hosts.stream().map(EdgeProperties::requireHost).toList();
		if (canonicalHosts == null) {
			canonicalHosts = Map.of("foobar.com", "www.foobar.com");
		}
		canonicalHosts.forEach((from, to) -> {
			requireHost(from);
			requireHost(to);
		});
	}

	private static String requireHost(String host) {
		if (host.isBlank() || host.contains("/") || host.indexOf('*', 1) != -1
				|| (host.startsWith("*") && !host.startsWith("*."))) {
			throw new InvalidSettingException("gateway.hosts contains '" + host + "'; expected a host name",
					"Write names such as www.example.com, or *.example.com for every name below one.");
		}
		return host.toLowerCase(Locale.ROOT);
	}

}
