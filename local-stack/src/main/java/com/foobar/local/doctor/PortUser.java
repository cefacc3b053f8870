package com.foobar.local.doctor;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Who listens on a port? Linux tells it in {@code /proc}, of one's own processes; on
 * other systems it is not known.
 */
final class PortUser {

	private static final String LISTENING = "0A";

	private PortUser() {
	}

	static Optional<String> of(int port) {
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
			// Another operating system, or not ours to see.
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
