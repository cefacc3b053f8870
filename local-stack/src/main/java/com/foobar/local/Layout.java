package com.foobar.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The files of a stack, within one directory that only its owner may enter.
 */
public record Layout(Path directory) {

	public Layout {
		directory = directory.toAbsolutePath().normalize();
	}

	public Path secrets() {
		return this.directory.resolve("secrets");
	}

	public Path data() {
		return this.directory.resolve("data");
	}

	public Path logs() {
		return this.directory.resolve("logs");
	}

	public Path log(String name) {
		return logs().resolve(name + ".log");
	}

	/**
	 * Renames the log of the previous run to the same name with {@code .1}.
	 */
	public void rotateLog(String name) throws IOException {
		Path log = log(name);
		if (Files.exists(log)) {
			Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
		}
	}

	/** The state of the current run. */
	public Path run() {
		return this.directory.resolve("run");
	}

	/** The certificate to trust: a copy, as only their consumers may read the secrets. */
	public Path certificateAuthority() {
		return this.directory.resolve("ca.crt");
	}

	/** The password of the gateway's operators. */
	public Path adminPassword() {
		return secrets().resolve("gateway").resolve("admin-password");
	}

	/** Everything that the stack creates; the directory itself may hold more. */
	public List<Path> everything() {
		return List.of(run(), logs(), data(), secrets(), certificateAuthority());
	}

	static List<String> nodes(int replicas) {
		return Stream
			.concat(Stream.of("mariadb-primary"),
					IntStream.rangeClosed(1, replicas).mapToObj((index) -> "mariadb-replica-" + index))
			.toList();
	}

}
