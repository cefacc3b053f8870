package com.foobar.local.cli;

import java.io.PrintWriter;
import java.util.Locale;

import com.foobar.local.doctor.Finding;
import picocli.CommandLine.Help.Ansi;

/**
 * Prints lines, in colours on a terminal and without in a file or pipe. Thread-safe.
 */
final class Terminal {

	private final PrintWriter out;

	private final long start = System.nanoTime();

	Terminal(PrintWriter out) {
		this.out = out;
	}

	/**
	 * Prints a line; {@code @|bold text|@} and the like mark it up.
	 */
	synchronized void line(String text) {
		this.out.println(Ansi.AUTO.string(text));
		this.out.flush();
	}

	/**
	 * Prints what happened, and how long after the start of this command.
	 */
	void progress(String event) {
		double seconds = (System.nanoTime() - this.start) / 1e9;
		line(String.format(Locale.ROOT, "@|faint %6.1f s|@  %s", seconds, event));
	}

	void finding(Finding finding) {
		String mark = switch (finding.severity()) {
			case GOOD -> "@|green ok     |@";
			case WARNING -> "@|yellow warning|@";
			case PROBLEM -> "@|bold,red problem|@";
		};
		line(String.format(Locale.ROOT, "%s  %s: %s", mark, finding.subject(), finding.text()));
	}

	static String megabytes(long bytes) {
		return String.format(Locale.ROOT, "%d MB", bytes / (1024 * 1024));
	}

}
