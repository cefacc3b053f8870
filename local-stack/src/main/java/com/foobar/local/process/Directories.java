package com.foobar.local.process;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

import org.jspecify.annotations.Nullable;

/**
 * Directories that only their owner may enter, and their removal.
 */
public final class Directories {

	private Directories() {
	}

	/**
	 * Creates a directory, and its parents, that only the owner may enter (where the file
	 * system knows permissions).
	 */
	public static Path createPrivate(Path directory) throws IOException {
		Files.createDirectories(directory);
		if (directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
		}
		return directory;
	}

	/**
	 * Creates a directory of an unused name that {@link #removeTemporary} removes.
	 */
	public static Path createTemporary(String prefix) {
		try {
			return Files.createTempDirectory(prefix);
		}
		catch (IOException ex) {
			throw new StackException("No temporary directory can be created: " + ex, ex);
		}
	}

	public static void removeTemporary(Path directory) {
		try {
			delete(directory);
		}
		catch (IOException ex) {
			throw StackException.of(ex, "%s cannot be removed: %s", directory, ex);
		}
	}

	/**
	 * Deletes a directory and its contents, links but not their targets; does nothing if
	 * the directory does not exist.
	 */
	public static void delete(Path directory) throws IOException {
		if (!Files.exists(directory)) {
			return;
		}
		Files.walkFileTree(directory, new SimpleFileVisitor<>() {

			@Override
			public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) throws IOException {
				if (!Files.isWritable(dir)) {
					// Directories of secrets are closed even to their owner.
					createPrivate(dir);
				}
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
				Files.delete(file);
				return FileVisitResult.CONTINUE;
			}

			@Override
			public FileVisitResult postVisitDirectory(Path dir, @Nullable IOException ex) throws IOException {
				if (ex != null) {
					throw ex;
				}
				Files.delete(dir);
				return FileVisitResult.CONTINUE;
			}

		});
	}

}
