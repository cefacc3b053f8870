package com.foobar.local.doctor;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import com.foobar.local.Ports;
import com.foobar.local.process.FreePorts;

/**
 * Whether each port is valid, given once and free.
 */
final class PortCheck {

	private static final String LISTENING = "0A";

	private PortCheck() {
	}

	static List<Finding> check(Ports ports) {
		List<Finding> findings = new ArrayList<>();
		findings.addAll(duplicates(ports));
		for (Map.Entry<Integer, String> entry : ports.purposes().entrySet()) {
			int port = entry.getKey();
			if (port < 1 || port > 65535) {
				findings.add(Finding.problem("port " + port,
						"is not a port; expected 1 to 65535, for the " + entry.getValue()));
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
			.map((port) -> Finding.problem("port " + port, "is given twice; expected a different port for each"))
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
			Optional<String> user = listener(port);
			return "is in use" + user.map((by) -> " by " + by).orElse("");
		}
	}

	/**
	 * The process that listens on a port. Linux reports the user's own processes in
	 * {@code /proc}; on other systems it is unknown.
	 */
	private static Optional<String> listener(int port) {
		Set<String> sockets = new HashSet<>();
		for (String table : List.of("/proc/net/tcp", "/proc/net/tcp6")) {
			sockets.addAll(sockets(Path.of(table), port));
		}
		if (sockets.isEmpty()) {
			return Optional.empty();
		}
		return ProcessHandle.allProcesses()
			.filter((process) -> holds(process.pid(), sockets))
			.findFirst()
			.map((process) -> String.format(Locale.ROOT, "process %d%s", process.pid(),
					process.info().command().map((command) -> " (" + command + ")").orElse("")));
	}

	private static Set<String> sockets(Path table, int port) {
		Set<String> sockets = new HashSet<>();
		String suffix = String.format(Locale.ROOT, ":%04X", port);
		try (Stream<String> lines = Files.lines(table)) {
			lines.skip(1)
				.map((line) -> line.strip().split("\\s+"))
				.filter((fields) -> fields.length > 9 && fields[1].endsWith(suffix) && fields[3].equals(LISTENING))
				.forEach((fields) -> sockets.add("socket:[" + fields[9] + "]"));
		}
		catch (IOException ex) {
			// Another operating system, or no permission.
		}
		return sockets;
	}

	private static boolean holds(long pid, Set<String> sockets) {
		try (DirectoryStream<Path> files = Files.newDirectoryStream(Path.of("/proc", Long.toString(pid), "fd"))) {
			for (Path file : files) {
				if (Files.isSymbolicLink(file) && sockets.contains(Files.readSymbolicLink(file).toString())) {
					return true;
				}
			}
		}
		catch (IOException ex) {
			// Another user's process, or one that has just ended.
		}
		return false;
	}

}
