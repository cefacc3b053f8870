package com.foobar.benchmarks.stack;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A server of a chain: a process of this machine, or a container on the host's network,
 * which is one as well. Not safe for use by several threads.
 */
final class Node {

	private final Role role;

	private final String name;

	private final List<String> command;

	private final Path log;

	private final boolean container;

	private @Nullable Process process;

	private boolean suspended;

	private Node(Role role, String name, List<String> command, Path log, boolean container) {
		this.role = role;
		this.name = name;
		this.command = List.copyOf(command);
		this.log = log;
		this.container = container;
	}

	static Node process(Role role, String name, List<String> command, Path log) {
		return new Node(role, name, command, log, false);
	}

	/**
	 * A container.
	 * @param arguments those of {@code docker run} behind the name: options, image,
	 * command
	 */
	static Node container(Role role, String name, List<String> arguments, Path log) {
		List<String> command = new ArrayList<>(
				List.of("docker", "run", "--rm", "--name", name, "--network", "host", "--pull", "never"));
		command.addAll(arguments);
		return new Node(role, name, command, log, true);
	}

	Role role() {
		return this.role;
	}

	String name() {
		return this.name;
	}

	Path log() {
		return this.log;
	}

	void start() {
		try {
			File file = this.log.toFile();
			this.process = new ProcessBuilder(this.command).redirectErrorStream(true)
				.redirectOutput(ProcessBuilder.Redirect.appendTo(file))
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(this.name + " cannot be started", ex);
		}
	}

	/** Fails if it has ended by itself. */
	void check() {
		Process current = this.process;
		if (current != null && !current.isAlive()) {
			throw new IllegalStateException(
					this.name + " has ended with " + current.exitValue() + ", see " + this.log + ": " + lastLines());
		}
	}

	private String lastLines() {
		try (Stream<String> lines = Files.lines(this.log)) {
			List<String> all = lines.toList();
			return String.join("\n", all.subList(Math.max(0, all.size() - 10), all.size()));
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	/** Its processes, as the host numbers them. */
	List<Long> pids() {
		Process current = this.process;
		if (current == null) {
			return List.of();
		}
		ProcessHandle main = this.container ? ProcessHandle
			.of(Long.parseLong(Shell.run("docker", "inspect", "--format", "{{.State.Pid}}", this.name)))
			.orElseThrow(() -> new IllegalStateException(
					"The process of " + this.name + " is not visible here; expected a Docker engine on this machine"))
				: current.toHandle();
		return Stream.concat(Stream.of(main), main.descendants()).map(ProcessHandle::pid).toList();
	}

	/** Stops its execution, so that what is idle takes no processor time. */
	void suspend() {
		if (!this.suspended) {
			signal("STOP", "pause");
			this.suspended = true;
		}
	}

	void resume() {
		if (this.suspended) {
			signal("CONT", "unpause");
			this.suspended = false;
		}
	}

	private void signal(String signal, String verb) {
		if (this.container) {
			Shell.run("docker", verb, this.name);
		}
		else {
			pids().forEach((pid) -> Shell.run("kill", "-" + signal, String.valueOf(pid)));
		}
	}

	/** Ends it at once, as kill -9 does. */
	void kill() {
		Process current = this.process;
		if (current == null) {
			return;
		}
		if (this.container) {
			Shell.succeeds(List.of("docker", "rm", "--force", "--volumes", this.name));
		}
		current.destroyForcibly();
		try {
			current.waitFor();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		this.process = null;
		this.suspended = false;
	}

}
