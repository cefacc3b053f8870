package com.foobar.local.secrets;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * One consumer's files: mode 0400 in a directory of mode 0500, both owned by the
 * consumer.
 *
 * <p>
 * A file is replaced by renaming a complete one over it: a reader sees the old or the new
 * content, whole. Modes are set before owners, as a process with the capability to change
 * owners alone may not change the mode of another's file. On a file system without modes
 * (Windows) files inherit the permissions of the directory.
 */
final class SecretDirectory {

	private static final Set<PosixFilePermission> FILE = PosixFilePermissions.fromString("r--------");

	private static final Set<PosixFilePermission> DIRECTORY = PosixFilePermissions.fromString("r-x------");

	private static final Set<PosixFilePermission> OPEN_DIRECTORY = PosixFilePermissions.fromString("rwx------");

	private final Path path;

	private final @Nullable Owner owner;

	private final boolean posix;

	SecretDirectory(Path path, @Nullable Owner owner) {
		this.path = path;
		this.owner = owner;
		this.posix = path.getFileSystem().supportedFileAttributeViews().contains("unix");
	}

	String name() {
		return String.valueOf(this.path.getFileName());
	}

	Path path() {
		return this.path;
	}

	/**
	 * Creates the directory if it does not exist, and makes it writable for this process.
	 */
	void open() throws IOException {
		Files.createDirectories(this.path);
		if (this.posix && !Files.isWritable(this.path)) {
			Files.setPosixFilePermissions(this.path, OPEN_DIRECTORY);
		}
		try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(this.path, ".*.new")) {
			for (Path file : unfinished) {
				Files.delete(file);
			}
		}
	}

	Optional<String> read(String file) throws IOException {
		return bytes(file).map((bytes) -> new String(bytes, StandardCharsets.UTF_8));
	}

	Optional<byte[]> bytes(String file) throws IOException {
		try {
			return Optional.of(Files.readAllBytes(this.path.resolve(file)));
		}
		catch (NoSuchFileException ex) {
			return Optional.empty();
		}
	}

	/**
	 * Writes a file unless it has this content already.
	 * @return whether it was written
	 */
	boolean write(String file, String content) throws IOException {
		return write(file, content.getBytes(StandardCharsets.UTF_8));
	}

	boolean write(String file, byte[] content) throws IOException {
		if (bytes(file).filter((present) -> Arrays.equals(present, content)).isPresent()) {
			return false;
		}
		Path temporary = this.path.resolve("." + file + ".new");
		try (FileChannel channel = FileChannel.open(temporary,
				Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
				this.posix
						? new java.nio.file.attribute.FileAttribute<?>[] { PosixFilePermissions.asFileAttribute(FILE) }
						: new java.nio.file.attribute.FileAttribute<?>[0])) {
			ByteBuffer buffer = ByteBuffer.wrap(content);
			while (buffer.hasRemaining()) {
				channel.write(buffer);
			}
			channel.force(true);
		}
		give(temporary);
		Files.move(temporary, this.path.resolve(file), StandardCopyOption.ATOMIC_MOVE,
				StandardCopyOption.REPLACE_EXISTING);
		return true;
	}

	void discard(String file) throws IOException {
		Files.deleteIfExists(this.path.resolve(file));
	}

	/**
	 * Restores the modes and owners, which closes the directory to all but its consumer.
	 */
	void close() throws IOException {
		if (!this.posix) {
			return;
		}
		try (DirectoryStream<Path> files = Files.newDirectoryStream(this.path)) {
			for (Path file : files) {
				// A lock must stay writable.
				if (Files.isRegularFile(file) && !String.valueOf(file.getFileName()).startsWith(".")) {
					protect(file, FILE);
				}
			}
		}
		protect(this.path, DIRECTORY);
	}

	private void protect(Path file, Set<PosixFilePermission> mode) throws IOException {
		if (!Files.getPosixFilePermissions(file).equals(mode)) {
			take(file);
			Files.setPosixFilePermissions(file, mode);
		}
		give(file);
	}

	/**
	 * Makes this process the owner temporarily: only an owner may change a mode.
	 */
	private void take(Path file) throws IOException {
		if (this.owner != null && isRoot() && uid(file) != 0) {
			Files.setAttribute(file, "unix:uid", 0);
		}
	}

	private void give(Path file) throws IOException {
		Owner to = this.owner;
		if (to == null || !this.posix) {
			return;
		}
		if (uid(file) != to.uid() || (int) Files.getAttribute(file, "unix:gid") != to.gid()) {
			Files.setAttribute(file, "unix:gid", to.gid());
			Files.setAttribute(file, "unix:uid", to.uid());
		}
	}

	private static int uid(Path file) throws IOException {
		return (int) Files.getAttribute(file, "unix:uid");
	}

	private static boolean isRoot() {
		return "root".equals(System.getProperty("user.name"));
	}

}
