package com.foobar.benchmarks.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What Linux records of processes, summed up for each role.
 */
final class ProcFiles {

	/** Hertz; the kernel's unit of processor time, which is fixed for programs. */
	private static final double TICKS_PER_MILLISECOND = 0.1;

	private ProcFiles() {
	}

	/**
	 * The processor time so far.
	 * @param nodes the processes
	 * @return milliseconds, user and system
	 */
	static Map<Role, Double> processorTime(List<Node> nodes) {
		Map<Role, Double> times = new EnumMap<>(Role.class);
		for (Node node : nodes) {
			for (long pid : node.pids()) {
				String stat = read(pid, "stat");
				// The second field, in parentheses, may contain blanks.
				String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
				double ticks = Double.parseDouble(fields[11]) + Double.parseDouble(fields[12]);
				times.merge(node.role(), ticks / TICKS_PER_MILLISECOND, Double::sum);
			}
		}
		return times;
	}

	/**
	 * The resident memory.
	 * @param nodes the processes
	 * @return megabytes
	 */
	static Map<Role, Double> memory(List<Node> nodes) {
		Map<Role, Double> memory = new EnumMap<>(Role.class);
		for (Node node : nodes) {
			for (long pid : node.pids()) {
				read(pid, "status").lines()
					.filter((line) -> line.startsWith("VmRSS:"))
					.map((line) -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
					.forEach((megabytes) -> memory.merge(node.role(), megabytes, Double::sum));
			}
		}
		return memory;
	}

	private static String read(long pid, String file) {
		try {
			return Files.readString(Path.of("/proc", String.valueOf(pid), file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
