package com.foobar.local.cli;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.foobar.local.Layout;
import com.foobar.local.process.ChildProcess;

/**
 * Runs the same command in the background, shows its output, and returns when the site
 * responds.
 */
final class Detached {

	/** The supervisor writes its process id to this file when the site responds. */
	static final String READY = "ready";

	private final Layout layout;

	private final Terminal terminal;

	private final List<String> arguments;

	Detached(Layout layout, Terminal terminal, List<String> arguments) {
		this.layout = layout;
		this.terminal = terminal;
		this.arguments = arguments;
	}

	int run() throws IOException, InterruptedException {
		this.layout.rotateLog("supervisor");
		Path log = this.layout.log("supervisor");
		Files.createFile(log);
		ChildProcess supervisor = ChildProcess.start(command(), Path.of("").toAbsolutePath(), log);
		try (RandomAccessFile output = new RandomAccessFile(log.toFile(), "r")) {
			while (supervisor.isAlive() && !isReady(supervisor)) {
				show(output);
				Thread.sleep(100);
			}
			show(output);
		}
		catch (InterruptedException ex) {
			supervisor.terminate();
			throw ex;
		}
		if (supervisor.isAlive()) {
			return ExitCode.OK;
		}
		return supervisor.exitValue();
	}

	private List<String> command() {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
		String classPath = System.getProperty("java.class.path");
		if (classPath.endsWith("-exec.jar")) {
			command.addAll(List.of("-jar", classPath));
		}
		else {
			command.addAll(List.of("-cp", classPath, Foobar.class.getName()));
		}
		this.arguments.stream()
			.filter((argument) -> !argument.equals("-d") && !argument.equals("--detach"))
			.forEach(command::add);
		return command;
	}

	private boolean isReady(ChildProcess supervisor) throws IOException {
		Path ready = this.layout.run().resolve(READY);
		return Files.exists(ready) && Files.readString(ready).strip().equals(Long.toString(supervisor.handle().pid()));
	}

	private void show(RandomAccessFile output) throws IOException {
		byte[] bytes = new byte[(int) (output.length() - output.getFilePointer())];
		output.readFully(bytes);
		String text = new String(bytes, StandardCharsets.UTF_8);
		if (!text.isEmpty()) {
			this.terminal.line(text.endsWith("\n") ? text.substring(0, text.length() - 1) : text);
		}
	}

}
