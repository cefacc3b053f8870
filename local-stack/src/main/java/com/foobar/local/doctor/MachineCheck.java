package com.foobar.local.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Is there enough of everything?
 */
final class MachineCheck {

	static final int OLDEST_JAVA = 17;

	static final int NEWEST_JAVA = 25;

	private static final long MEGABYTE = 1024L * 1024;

	// Measured resident memory of each process, rounded up.
	private static final long WEB_APP = 400 * MEGABYTE;

	private static final long GATEWAY = 300 * MEGABYTE;

	private static final long DATABASE = 250 * MEGABYTE;

	private static final long DISK = 1024 * MEGABYTE;

	private MachineCheck() {
	}

	static List<Finding> check(Machine machine, int webApps, int databases) {
		List<Finding> findings = new ArrayList<>();
		findings.add(java(machine));
		findings.add(memory(machine, webApps * WEB_APP + GATEWAY + databases * DATABASE));
		findings.add((machine.freeDisk() < DISK) ? Finding.problem("disk", String.format(Locale.ROOT,
				"%d MB are free where the data is kept; about %d MB are needed. Free some, or name another place with --directory",
				machine.freeDisk() / MEGABYTE, DISK / MEGABYTE))
				: Finding.good("disk", String.format(Locale.ROOT, "%d MB free", machine.freeDisk() / MEGABYTE)));
		return findings;
	}

	private static Finding java(Machine machine) {
		String found = String.format(Locale.ROOT, "Java %d in %s", machine.javaFeature(), machine.javaHome());
		if (machine.javaFeature() < OLDEST_JAVA) {
			return Finding.problem("java",
					found + String.format(Locale.ROOT, "; expected %d or later. Point JAVA_HOME at one", OLDEST_JAVA));
		}
		if (machine.javaFeature() > NEWEST_JAVA) {
			return Finding.warning("java", found + String.format(Locale.ROOT, "; tried up to %d only", NEWEST_JAVA));
		}
		return Finding.good("java", found);
	}

	private static Finding memory(Machine machine, long needed) {
		long total = machine.totalMemory();
		if (total < needed) {
			return Finding.problem("memory",
					String.format(Locale.ROOT,
							"%d MB in all; about %d MB are needed. Start fewer with --web-apps or --replicas",
							total / MEGABYTE, needed / MEGABYTE));
		}
		long available = machine.availableMemory().orElse(total);
		if (available < needed) {
			return Finding.problem("memory", String.format(Locale.ROOT,
					"%d MB available of %d MB; about %d MB are needed. End other programs, or start fewer with --web-apps or --replicas",
					available / MEGABYTE, total / MEGABYTE, needed / MEGABYTE));
		}
		return Finding.good("memory", String.format(Locale.ROOT, "%d MB available, about %d MB needed",
				available / MEGABYTE, needed / MEGABYTE));
	}

}
