package com.foobar.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The memory that a process occupies, where the operating system tells it in
 * {@code /proc}.
 */
final class ResidentMemory {

	private ResidentMemory() {
	}

	/**
	 * Answers it in bytes.
	 */
	static Optional<Long> of(long pid) {
		try {
			return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))
				.stream()
				.filter((line) -> line.startsWith("VmRSS:"))
				.map((line) -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
				.findFirst();
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

}
