package com.foobar.local.secrets;

import java.util.ArrayList;
import java.util.List;

/**
 * The files that hold the same password; the first one takes precedence.
 *
 * @param account of the database; {@code admin} is that of the gateway's operators
 * @param places the files, by consumer
 */
record PasswordFiles(String account, List<Place> places) {

	record Place(String consumer, String file) {
	}

	static List<PasswordFiles> of(List<String> nodes) {
		return List.of(of("root", nodes), of("app", nodes, "spring.datasource.password"),
				of("migration", nodes, "spring.flyway.password"), of("replication", nodes),
				of("monitor", nodes, "read-replica-routing.monitor.password"),
				new PasswordFiles("admin", List.of(new Place("gateway", "admin-password"))));
	}

	private static PasswordFiles of(String account, List<String> nodes, String... webAppFiles) {
		List<Place> places = new ArrayList<>();
		nodes.forEach((node) -> places.add(new Place(node, account + "-password")));
		for (String file : webAppFiles) {
			places.add(new Place("web-app", file));
		}
		return new PasswordFiles(account, List.copyOf(places));
	}

	boolean isMonitor() {
		return this.account.equals("monitor");
	}

}
