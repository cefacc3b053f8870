package com.foobar.local.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.foobar.local.Ports;
import com.foobar.local.process.FreePorts;

/**
 * Can each port be listened on?
 */
final class PortCheck {

	private PortCheck() {
	}

	static List<Finding> check(Ports ports) {
		List<Finding> findings = new ArrayList<>();
		findings.addAll(duplicates(ports));
		for (Map.Entry<Integer, String> entry : ports.purposes().entrySet()) {
			int port = entry.getKey();
			if (port < 1 || port > 65535) {
				findings.add(Finding.problem("port " + port,
						"is no port; expected 1 to 65535, for the " + entry.getValue()));
			}
			else if (!FreePorts.isFree(port)) {
				findings.add(Finding.problem("port " + port, reason(port) + "; needed for the " + entry.getValue()));
			}
		}
		return findings.isEmpty() ? List.of(Finding.good("ports", ports.purposes().keySet() + " are free")) : findings;
	}

	private static List<Finding> duplicates(Ports ports) {
		List<Integer> all = new ArrayList<>(List.of(ports.http(), ports.https(), ports.management()));
		all.addAll(ports.webApps());
		all.addAll(ports.webAppManagement());
		all.addAll(ports.databases());
		return all.stream()
			.distinct()
			.filter((port) -> all.indexOf(port) != all.lastIndexOf(port))
			.map((port) -> Finding.problem("port " + port, "is given to two parts; expected another one for each"))
			.toList();
	}

	private static String reason(int port) {
		try (ServerSocket socket = new ServerSocket()) {
			socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
			return "is in use on another address";
		}
		catch (IOException ex) {
			if (String.valueOf(ex.getMessage()).contains("Permission denied")) {
				return "is for administrators only (below 1024): choose a higher one";
			}
			Optional<String> user = PortUser.of(port);
			return "is in use" + user.map((by) -> " by " + by).orElse("");
		}
	}

}
