package com.foobar.benchmarks.stack;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where HAProxy and nginx come from.
 */
final class Balancers {

	private static final Map<String, Boolean> IMAGES = new ConcurrentHashMap<>();

	private Balancers() {
	}

	/** Whether an image is here or can be pulled. */
	static boolean hasImage(String image) {
		return IMAGES.computeIfAbsent(image, (name) -> Shell.succeeds(List.of("docker", "image", "inspect", name))
				|| Shell.succeeds(List.of("timeout", "120", "docker", "pull", "--quiet", name)));
	}

	/** The version, of the image or of the installed command. */
	static String version(String image, String command) {
		String[] line = hasImage(image) ? new String[] { "docker", "run", "--rm", "--entrypoint", command, image, "-v" }
				: new String[] { command, "-v" };
		return Shell.run(line).lines().findFirst().orElse(command).replaceAll(" \\d{4}/.*", "");
	}

}
