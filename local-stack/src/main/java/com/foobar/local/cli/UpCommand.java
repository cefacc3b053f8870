package com.foobar.local.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

import com.foobar.local.Layout;
import com.foobar.local.LocalStack;
import com.foobar.local.LocalStackBuilder;
import com.foobar.local.StackState;
import com.foobar.local.StackState.Component;
import com.foobar.local.database.Distribution;
import com.foobar.local.doctor.Doctor;
import com.foobar.local.doctor.Finding;
import com.foobar.local.doctor.Finding.Severity;
import com.foobar.local.process.Directories;
import com.foobar.local.process.StackException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * {@code foobar up}.
 */
@Command(name = "up", mixinStandardHelpOptions = true,
		description = "Starts the stack and supervises it, until Ctrl-C or 'foobar down'.")
final class UpCommand implements Callable<Integer> {

	@Mixin
	@SuppressWarnings("NullAway.Init")
	private StackOptions options;

	@Mixin
	@SuppressWarnings("NullAway.Init")
	private StackOptions.Place place;

	@Option(names = "--listen", paramLabel = "ADDRESS", defaultValue = "127.0.0.1",
			description = "the address of the gateway; 0.0.0.0 opens it to the network (default: ${DEFAULT-VALUE})")
	private String listen = "";

	@Option(names = "--optimize",
			description = "let the JVMs use their optimizing compiler, for measurements; the start takes twice the time")
	private boolean optimize;

	@Option(names = { "-d", "--detach" }, description = "return when the site responds; it keeps running")
	private boolean detach;

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec spec;

	@Override
	public Integer call() throws Exception {
		Terminal terminal = new Terminal(this.spec.commandLine().getOut());
		Layout layout = this.place.layout();
		this.options.ports();
		prepare(layout);
		if (this.detach) {
			return new Detached(layout, terminal, this.spec.commandLine().getParseResult().originalArgs()).run();
		}
		StackState state = new StackState(layout);
		Optional<AutoCloseable> lock = state.supervise();
		if (lock.isEmpty()) {
			terminal.line(String.format(Locale.ROOT,
					"The stack in %s runs already%s. Show it with @|bold ./foobar status|@, stop it with @|bold ./foobar down|@.",
					layout.directory(),
					state.supervisor().map((process) -> ", under process " + process.pid()).orElse("")));
			return ExitCode.FAILED;
		}
		AutoCloseable held = lock.get();
		try {
			state.endLeftovers(terminal::progress);
			if (!isFit(layout, terminal)) {
				terminal.line("@|bold,red Nothing was started.|@");
				return ExitCode.UNFIT;
			}
			return run(layout, state, terminal);
		}
		finally {
			held.close();
		}
	}

	private static void prepare(Layout layout) {
		try {
			Directories.createPrivate(layout.directory());
			Files.createDirectories(layout.logs());
		}
		catch (IOException ex) {
			throw StackException.of(ex, "%s cannot be written: %s. Choose another directory with --directory",
					layout.directory(), ex);
		}
	}

	private boolean isFit(Layout layout, Terminal terminal) {
		List<Finding> findings = new Doctor(layout, this.options.ports(), this.options.mariaDbHome()).check();
		findings.stream().filter((finding) -> finding.severity() != Severity.GOOD).forEach(terminal::finding);
		return findings.stream().noneMatch((finding) -> finding.severity() == Severity.PROBLEM);
	}

	private int run(Layout layout, StackState state, Terminal terminal) throws Exception {
		List<Component> components = Component.of(this.options.ports());
		state.record(components);
		for (Component component : components) {
			layout.rotateLog(component.name());
		}
		Signals signals = new Signals();
		LocalStackBuilder builder = LocalStack.builder()
			.directory(layout.directory())
			.ports(this.options.ports())
			.webApps(this.options.webApps())
			.replicas(this.options.replicas())
			.listen(this.listen)
			.durable(true)
			.optimize(this.optimize)
			.killOnExit(false)
			.listener(state.records()::started)
			.progress(terminal::progress);
		this.options.mariaDbHome().map(Distribution::installedIn).ifPresent(builder::distribution);
		try {
			LocalStack stack = start(builder, signals);
			try {
				terminal.line(new Welcome(stack, layout).text());
				watch(stack, signals, terminal);
				terminal.progress("stopping the gateway, the web-apps, the replicas and the primary");
			}
			finally {
				stack.close();
			}
			components.forEach((component) -> state.records().forget(component.name()));
			terminal.progress("stopped; the data stays in " + layout.data());
			return ExitCode.OK;
		}
		catch (StackException ex) {
			if (signals.isStopping()) {
				terminal.progress("stopped before all was started");
				return ExitCode.OK;
			}
			throw ex;
		}
		finally {
			signals.done();
		}
	}

	private static void watch(LocalStack stack, Signals signals, Terminal terminal) throws Exception {
		Path ready = stack.layout().run().resolve(Detached.READY);
		Files.writeString(ready, Long.toString(ProcessHandle.current().pid()));
		AutoCloseable watch = stack.supervise(terminal::progress);
		try {
			signals.await();
		}
		finally {
			watch.close();
			Files.deleteIfExists(ready);
		}
	}

	private static LocalStack start(LocalStackBuilder builder, Signals signals) {
		signals.interruptThisThread();
		try {
			return builder.start();
		}
		finally {
			signals.interruptNoThread();
		}
	}

}
