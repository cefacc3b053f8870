package com.foobar.local;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where the stack keeps its things, within one directory that only its owner may enter.
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

	public Path log(String part) {
		return logs().resolve(part + ".log");
	}

	/** What is true of the run that is going on. */
	public Path run() {
		return this.directory.resolve("run");
	}

	/** The certificate to trust; a copy, as the directories of secrets are closed. */
	public Path certificateAuthority() {
		return this.directory.resolve("ca.crt");
	}

	/** The password that the gateway's operators sign in with. */
	public Path controlPassword() {
		return secrets().resolve("gateway").resolve("admin-password");
	}

	/** All there is, for its removal: never the directory itself, which may hold more. */
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
