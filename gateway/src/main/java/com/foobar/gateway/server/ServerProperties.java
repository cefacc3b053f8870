package com.foobar.gateway.server;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import com.foobar.gateway.accesslog.AccessLog;
import com.foobar.gateway.http.HostRules;
import com.foobar.gateway.settings.InvalidSettingException;
import com.foobar.gateway.settings.Require;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Hosts, ports, access log and shutdown of the gateway.
 *
 * @param httpPort port for plain HTTP, which redirects to https; -1 for none, 0 for any
 * free port
 * @param publicHttpsPort port in redirects to https, as clients reach it
 * @param hosts host names that are served; a leading "*." matches any subdomain; by
 * default the names of the site and of this machine
 * @param canonicalHosts host names that are redirected, each with its target
 * @param hstsMaxAge max-age of the header Strict-Transport-Security; zero sends no such
 * header
 * @param shutdownDelay how long the gateway serves during shutdown while it closes idle
 * connections
 * @param accessLog whether requests are logged
 * @param accessLogFormat format of the access log: combined or json
 * @param traceSampling percentage of the traces started by the gateway that are sampled
 */
@ConfigurationProperties("gateway")
record ServerProperties(@DefaultValue("8080") int httpPort, @DefaultValue("443") int publicHttpsPort,
		@Nullable List<String> hosts, @Nullable Map<String, String> canonicalHosts,
		@DefaultValue("0s") Duration hstsMaxAge, @DefaultValue("2s") Duration shutdownDelay,
		@DefaultValue("true") boolean accessLog, @DefaultValue("combined") AccessLog.Format accessLogFormat,
		@DefaultValue("10") int traceSampling) {

	private static final List<String> DEFAULT_HOSTS = List.of("www.foobar.com", "foobar.com", "*.foobar.localhost",
			"localhost", "127.0.0.1", "[::1]");

	ServerProperties {
		Require.between("gateway.http-port", httpPort, -1, 65535);
		Require.between("gateway.public-https-port", publicHttpsPort, 1, 65535);
		Require.between("gateway.trace-sampling", traceSampling, 0, 100);
		Require.notNegative("gateway.shutdown-delay", shutdownDelay);
		Require.notNegative("gateway.hsts-max-age", hstsMaxAge);
		if (hosts == null) {
			hosts = DEFAULT_HOSTS;
		}
		if (hosts.isEmpty()) {
			throw new InvalidSettingException("gateway.hosts is empty; expected at least one host name",
					"Set gateway.hosts to the names under which the site is reached, such as www.example.com.");
		}
		hosts = hosts.stream().map(ServerProperties::requireHost).toList();
		if (canonicalHosts == null) {
			canonicalHosts = Map.of("foobar.com", "www.foobar.com");
		}
		requireRedirects(canonicalHosts);
	}

	HostRules hostRules() {
		return new HostRules((this.hosts != null) ? this.hosts : List.of(),
				(this.canonicalHosts != null) ? this.canonicalHosts : Map.of(), this.publicHttpsPort);
	}

	private static void requireRedirects(Map<String, String> canonicalHosts) {
		Set<String> redirected = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		redirected.addAll(canonicalHosts.keySet());
		canonicalHosts.forEach((from, to) -> {
			requireHost(from);
			requireHost(to);
			if (from.contains("*") || to.contains("*") || redirected.contains(to)) {
				throw new InvalidSettingException(
						"gateway.canonical-hosts redirects '" + from + "' to '" + to
								+ "'; expected one host name, redirected to another that is not redirected itself",
						"Write pairs such as gateway.canonical-hosts.[example.com]=www.example.com.");
			}
		});
	}

	private static String requireHost(String host) {
		if (host.isBlank() || host.contains("/") || host.indexOf('*', 1) != -1
				|| (host.startsWith("*") && !host.startsWith("*."))) {
			throw new InvalidSettingException("gateway.hosts contains '" + host + "'; expected a host name",
					"Write names such as www.example.com, or *.example.com for any name below one.");
		}
		return host.toLowerCase(Locale.ROOT);
	}

}
