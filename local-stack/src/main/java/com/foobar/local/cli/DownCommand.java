package com.foobar.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.foobar.local.Layout;
import com.foobar.local.StackState;
import com.foobar.local.process.ChildProcess;
import com.foobar.local.process.Directories;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code foobar down}.
 */
@Command(name = "down", mixinStandardHelpOptions = true,
		description = "Stops the stack, and processes that an interrupted run has left behind. The data stays.")
final class DownCommand implements Callable<Integer> {

	@Mixin
	@SuppressWarnings("NullAway.Init")
	private StackOptions.Place place;

	@Option(names = "--purge",
			description = "remove data, secrets and logs as well; the next start creates new ones, with a new certificate authority")
	private boolean purge;

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec spec;

	@Override
	public Integer call() throws IOException {
		Terminal terminal = new Terminal(this.spec.commandLine().getOut());
		Layout layout = this.place.layout();
		if (!Files.exists(layout.run())) {
			terminal.line("Nothing runs in " + layout.directory() + ".");
		}
		else {
			stop(new StackState(layout), terminal);
		}
		if (this.purge) {
			purge(layout);
			terminal.progress("removed data, secrets and logs of " + layout.directory());
		}
		return ExitCode.OK;
	}

	private static void stop(StackState state, Terminal terminal) {
		Optional<ProcessHandle> supervisor = state.supervisor();
		supervisor.ifPresent((process) -> {
			terminal.progress(String.format(Locale.ROOT, "requesting process %d to stop the stack", process.pid()));
			if (!ChildProcess.isWindows()) {
				end(process, terminal);
			}
			else {
				// It could not stop its children in order: that is done below.
				process.destroyForcibly();
			}
		});
		List<String> leftovers = state.endLeftovers(terminal::progress);
		terminal.progress((supervisor.isPresent() || !leftovers.isEmpty()) ? "stopped" : "nothing was running");
	}

	private static void end(ProcessHandle process, Terminal terminal) {
		CompletableFuture<ProcessHandle> end = process.onExit();
		process.destroy();
		try {
			end.get(130, TimeUnit.SECONDS);
		}
		catch (TimeoutException | ExecutionException ex) {
			terminal.progress("it has not ended after 130 s: killing it");
			process.destroyForcibly();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static void purge(Layout layout) throws IOException {
		for (Path path : layout.everything()) {
			if (Files.isDirectory(path)) {
				Directories.delete(path);
			}
			else {
				Files.deleteIfExists(path);
			}
		}
		// The directory itself goes only if nothing else is in it.
		if (Files.isDirectory(layout.directory())) {
			try (var rest = Files.list(layout.directory())) {
				if (rest.findAny().isPresent()) {
					return;
				}
			}
			Files.delete(layout.directory());
		}
	}

}
