package com.foobar.system;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * The instances and database nodes that served a request, as {@code Server-Timing}
 * reports them.
 *
 * @param gateway whether the gateway reported its own time
 * @param instance the web-app instance
 * @param nodes the database nodes that executed statements for it, in order
 */
record Route(boolean gateway, @Nullable String instance, List<String> nodes) {

	private static final Pattern METRIC = Pattern
		.compile("(?<name>gateway|app|db)\\s*(?<parameters>(?:;\\s*[a-z]+=(?:\"[^\"]*\"|[^;,]*)\\s*)*)");

	private static final Pattern DESCRIPTION = Pattern.compile("desc=\"?([^\";]*)\"?");

	static Route of(List<String> serverTiming) {
		boolean gateway = false;
		String instance = null;
		List<String> nodes = new ArrayList<>();
		Matcher metric = METRIC.matcher(String.join(", ", serverTiming));
		while (metric.find()) {
			Matcher description = DESCRIPTION.matcher(metric.group("parameters"));
			String described = description.find() ? description.group(1) : "";
			switch (metric.group("name")) {
				case "gateway" -> gateway = true;
				case "app" -> instance = described;
				default -> nodes.add(described);
			}
		}
		return new Route(gateway, instance, List.copyOf(nodes));
	}

}
