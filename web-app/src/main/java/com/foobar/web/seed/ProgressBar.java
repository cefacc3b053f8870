package com.foobar.web.seed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Shows progress: one line that is overwritten on a terminal, otherwise a line for each
 * tenth.
 */
final class ProgressBar {

	private static final int WIDTH = 40;

	private final int total;

	private final boolean terminal;

	private int tenths;

	ProgressBar(int total, boolean terminal) {
		this.total = total;
		this.terminal = terminal;
	}

	/**
	 * Whether the standard error is a terminal. Outside Linux this is unknown, and lines
	 * are printed.
	 */
	static boolean isTerminal() {
		try {
			return Files.readSymbolicLink(Path.of("/proc/self/fd/2")).startsWith("/dev/pts");
		}
		catch (IOException | UnsupportedOperationException ex) {
			return false;
		}
	}

	void show(int done, Duration elapsed) {
		String line = line(done, elapsed);
		if (this.terminal) {
			System.err.print("\r" + line + ((done < this.total) ? "" : "\n"));
		}
		else if ((long) done * 10 / this.total > this.tenths) {
			this.tenths = (int) ((long) done * 10 / this.total);
			System.err.println(line);
		}
	}

	String line(int done, Duration elapsed) {
		int filled = (int) ((long) done * WIDTH / this.total);
		long millis = Math.max(1, elapsed.toMillis());
		long left = millis * (this.total - done) / Math.max(1, done) / 1000;
		return String.format(Locale.ROOT, "[%s%s] %3d %%  %,d of %,d notices  %,d/s  %d s left", "#".repeat(filled),
				".".repeat(WIDTH - filled), (long) done * 100 / this.total, done, this.total, done * 1000L / millis,
				left);
	}

}
