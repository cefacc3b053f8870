package com.foobar.local.doctor;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;

import com.sun.management.OperatingSystemMXBean;

/**
 * The Java version, memory and disk of a machine at one moment.
 *
 * @param javaFeature the version of Java, such as 17
 * @param javaHome its directory
 * @param totalMemory bytes that the machine, or the container, has
 * @param availableMemory bytes available without swapping; empty if unknown
 * @param freeDisk free bytes on the disk of the data
 */
record Machine(int javaFeature, String javaHome, long totalMemory, OptionalLong availableMemory, long freeDisk) {

	static final int OLDEST_JAVA = 17;

	static final int NEWEST_JAVA = 25;

	private static final long MEGABYTE = 1024L * 1024;

	// Measured resident memory of each process, rounded up.
	private static final long WEB_APP = 400 * MEGABYTE;

	private static final long GATEWAY = 300 * MEGABYTE;

	private static final long DATABASE = 250 * MEGABYTE;

	private static final long DISK = 1024 * MEGABYTE;

	static Machine read(Path directory) throws IOException {
		OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
		return new Machine(Runtime.version().feature(), System.getProperty("java.home"), system.getTotalMemorySize(),
				readAvailableMemory(), Files.getFileStore(Doctor.existing(directory)).getUsableSpace());
	}

	/**
	 * Only Linux reports it. The "free" memory of any system excludes what its caches
	 * would release.
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

	/**
	 * Checks whether the machine has enough for that many web-apps and databases.
	 */
	List<Finding> check(int webApps, int databases) {
		List<Finding> findings = new ArrayList<>();
		findings.add(java());
		findings.add(memory(webApps * WEB_APP + GATEWAY + databases * DATABASE));
		findings.add((this.freeDisk < DISK) ? Finding.problem("disk", String.format(Locale.ROOT,
				"%d MB are free where the data is kept; about %d MB are needed. Free some, or choose another directory with --directory",
				this.freeDisk / MEGABYTE, DISK / MEGABYTE))
				: Finding.good("disk", String.format(Locale.ROOT, "%d MB free", this.freeDisk / MEGABYTE)));
		return findings;
	}

	private Finding java() {
		String found = String.format(Locale.ROOT, "Java %d in %s", this.javaFeature, this.javaHome);
		if (this.javaFeature < OLDEST_JAVA) {
			return Finding.problem("java",
					found + String.format(Locale.ROOT, "; expected %d or later. Point JAVA_HOME at one", OLDEST_JAVA));
		}
		if (this.javaFeature > NEWEST_JAVA) {
			return Finding.warning("java", found + String.format(Locale.ROOT, "; tested up to %d only", NEWEST_JAVA));
		}
		return Finding.good("java", found);
	}

	private Finding memory(long needed) {
		long total = this.totalMemory;
		if (total < needed) {
			return Finding.problem("memory",
					String.format(Locale.ROOT,
							"%d MB in all; about %d MB are needed. Start fewer with --web-apps or --replicas",
							total / MEGABYTE, needed / MEGABYTE));
		}
		long available = this.availableMemory.orElse(total);
		if (available < needed) {
			return Finding.problem("memory", String.format(Locale.ROOT,
					"%d MB available of %d MB; about %d MB are needed. End other programs, or start fewer with --web-apps or --replicas",
					available / MEGABYTE, total / MEGABYTE, needed / MEGABYTE));
		}
		return Finding.good("memory", String.format(Locale.ROOT, "%d MB available, about %d MB needed",
				available / MEGABYTE, needed / MEGABYTE));
	}

}
