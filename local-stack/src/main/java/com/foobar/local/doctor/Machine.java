package com.foobar.local.doctor;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

import com.sun.management.OperatingSystemMXBean;

/**
 * What a machine has, as it was at one moment.
 *
 * @param javaFeature the version of Java, such as 17
 * @param javaHome where it is
 * @param totalMemory bytes that the machine, or the container, has
 * @param availableMemory bytes that can be had without swapping; empty if it is not known
 * @param freeDisk bytes free where the data is kept
 */
record Machine(int javaFeature, String javaHome, long totalMemory, OptionalLong availableMemory, long freeDisk) {

	static Machine read(Path directory) throws IOException {
		OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
		return new Machine(Runtime.version().feature(), System.getProperty("java.home"), system.getTotalMemorySize(),
				readAvailableMemory(), Files.getFileStore(existing(directory)).getUsableSpace());
	}

	/**
	 * Linux alone tells it; "free" memory on any system leaves out what caches would give
	 * back.
	 */
	private static OptionalLong readAvailableMemory() throws IOException {
		Path file = Path.of("/proc/meminfo");
		if (!Files.isReadable(file)) {
			return OptionalLong.empty();
		}
		return Files.readAllLines(file)
			.stream()
			.filter((line) -> line.startsWith("MemAvailable:"))
			.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
			.findFirst();
	}

	private static Path existing(Path directory) {
		Path existing = directory.toAbsolutePath();
		while (!Files.exists(existing) && existing.getParent() != null) {
			existing = existing.getParent();
		}
		return existing;
	}

}
