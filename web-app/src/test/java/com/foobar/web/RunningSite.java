package com.foobar.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts the site in this JVM, as its main method would, on free ports.
 */
final class RunningSite {

	private RunningSite() {
	}

	static ConfigurableApplicationContext start(Map<String, String> settings, String... more) {
		List<String> arguments = new ArrayList<>(List.of("--server.port=0", "--management.server.port=0"));
		settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
		for (String setting : more) {
			arguments.add("--" + setting);
		}
		return new SpringApplicationBuilder(WebApplication.class).registerShutdownHook(false)
			.run(arguments.toArray(String[]::new));
	}

	static SiteClient client(ConfigurableApplicationContext context) {
		return new SiteClient(
				java.util.Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer(), "web server")
					.getPort());
	}

}
