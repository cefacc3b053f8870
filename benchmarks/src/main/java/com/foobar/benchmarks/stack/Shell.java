package com.foobar.benchmarks.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Runs commands to their end.
 */
final class Shell {

	private Shell() {
	}

	/**
	 * Run a command.
	 * @param command the command and its arguments
	 * @return its output, without surrounding blanks
	 * @throws IllegalStateException if its exit code is not zero; the message has its
	 * output
	 */
	static String run(String... command) {
		try {
			Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
			process.getOutputStream().close();
			String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
			int code = process.waitFor();
			if (code != 0) {
				throw new IllegalStateException(String.join(" ", command) + " ended with " + code + ": " + output);
			}
			return output;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(command[0] + " cannot be run", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted while " + command[0] + " ran", ex);
		}
	}

	/**
	 * Whether a command succeeds.
	 * @param command the command and its arguments
	 */
	static boolean succeeds(List<String> command) {
		try {
			run(command.toArray(new String[0]));
			return true;
		}
		catch (IllegalStateException | UncheckedIOException ex) {
			return false;
		}
	}

	static void pause(long millis) {
		try {
			Thread.sleep(millis);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

}
