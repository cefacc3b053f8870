package com.foobar.local;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;

import com.foobar.local.process.FreePorts;

/**
 * The ports of the stack.
 *
 * @param http redirects to https
 * @param https the site
 * @param management the gateway's console
 * @param webApps one for each web-app
 * @param webAppManagement one for each web-app
 * @param databases first the primary's, then the replicas'
 */
public record Ports(int http, int https, int management, List<Integer> webApps, List<Integer> webAppManagement,
		List<Integer> databases) {

	public static final int HTTP = 8080;

	public static final int HTTPS = 8443;

	public static final int MANAGEMENT = 9090;

	public static final int WEB_APP = 18081;

	public static final int WEB_APP_MANAGEMENT = 18181;

	public static final int DATABASE = 13306;

	public Ports {
		webApps = List.copyOf(webApps);
		webAppManagement = List.copyOf(webAppManagement);
		databases = List.copyOf(databases);
	}

	/**
	 * Consecutive ports, from the given ones on.
	 */
	public static Ports from(int http, int https, int management, int webApp, int webAppManagement, int database,
			int webApps, int replicas) {
		return new Ports(http, https, management, range(webApp, webApps), range(webAppManagement, webApps),
				range(database, replicas + 1));
	}

	/**
	 * Ports that no program listens on now.
	 */
	public static Ports free(int webApps, int replicas) {
		Set<Integer> taken = new HashSet<>();
		IntSupplier next = () -> {
			int port = FreePorts.next();
			while (!taken.add(port)) {
				port = FreePorts.next();
			}
			return port;
		};
		return new Ports(next.getAsInt(), next.getAsInt(), next.getAsInt(), some(next, webApps), some(next, webApps),
				some(next, replicas + 1));
	}

	/**
	 * Each port with its purpose and the option that changes it.
	 */
	public Map<Integer, String> purposes() {
		Map<Integer, String> purposes = new LinkedHashMap<>();
		purposes.put(this.http, "gateway, http (HTTP_PORT or --http-port)");
		purposes.put(this.https, "gateway, https (HTTPS_PORT or --https-port)");
		purposes.put(this.management, "gateway, console (--management-port)");
		this.webApps.forEach((port) -> purposes.put(port, "web-app (--web-app-port)"));
		this.webAppManagement.forEach((port) -> purposes.put(port, "web-app, management (--web-app-management-port)"));
		this.databases.forEach((port) -> purposes.put(port, "database (--database-port)"));
		return purposes;
	}

	private static List<Integer> range(int first, int count) {
		return IntStream.range(first, first + count).boxed().toList();
	}

	private static List<Integer> some(IntSupplier next, int count) {
		List<Integer> ports = new ArrayList<>();
		for (int index = 0; index < count; index++) {
			ports.add(next.getAsInt());
		}
		return ports;
	}

}
