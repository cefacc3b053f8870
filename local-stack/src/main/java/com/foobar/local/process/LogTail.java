package com.foobar.local.process;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The last lines of a process's log, for error messages.
 */
public final class LogTail {

	private static final int BYTES = 8192;

	private static final int LINES = 8;

	private LogTail() {
	}

	public static String of(Path log) {
		try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
			file.seek(Math.max(0, file.length() - BYTES));
			byte[] bytes = new byte[(int) Math.min(BYTES, file.length() - file.getFilePointer())];
			file.readFully(bytes);
			List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
			List<String> errors = lines.stream().filter((line) -> line.contains("[ERROR]")).toList();
			List<String> chosen = errors.isEmpty() ? lines : errors;
			return String.format(Locale.ROOT, "its log %s ends with:%n%s", log, String.join(System.lineSeparator(),
					chosen.subList(Math.max(0, chosen.size() - LINES), chosen.size())));
		}
		catch (IOException ex) {
			return String.format(Locale.ROOT, "its log %s cannot be read (%s)", log, ex.getMessage());
		}
	}

}
