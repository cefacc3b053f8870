package com.foobar.local.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

import com.foobar.local.Layout;
import com.foobar.local.StackState;
import com.foobar.local.StackState.KnownPart;
import com.foobar.local.process.JavaService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code foobar status}.
 */
@Command(name = "status", mixinStandardHelpOptions = true,
		description = "Shows each part: process, port, memory, health, and how far the replicas are behind.")
final class StatusCommand implements Callable<Integer> {

	@Mixin
	@SuppressWarnings("NullAway.Init")
	private StackOptions.Place place;

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec spec;

	@Override
	public Integer call() {
		Terminal terminal = new Terminal(this.spec.commandLine().getOut());
		Layout layout = this.place.layout();
		StackState state = new StackState(layout);
		List<KnownPart> parts = state.parts();
		Optional<ProcessHandle> supervisor = state.supervisor();
		if (parts.isEmpty() || (supervisor.isEmpty()
				&& parts.stream().noneMatch((part) -> state.records().running(part.name()).isPresent()))) {
			terminal.line(String.format(Locale.ROOT, "Nothing runs in %s. Start it with @|bold ./foobar up|@.",
					layout.directory()));
			return ExitCode.NOT_HEALTHY;
		}
		List<Row> rows = new ArrayList<>();
		for (KnownPart part : parts) {
			rows.add(row(part, state, layout));
		}
		terminal.line(String.format(Locale.ROOT, "@|bold %-20s %8s %6s %8s  %s|@", "part", "process", "port", "memory",
				"state"));
		rows.forEach((row) -> terminal.line(row.text()));
		if (supervisor.isEmpty()) {
			terminal.line("@|red Its supervisor was killed: './foobar down' ends what is left.|@");
		}
		boolean healthy = supervisor.isPresent() && rows.stream().allMatch(Row::healthy);
		return healthy ? ExitCode.OK : ExitCode.NOT_HEALTHY;
	}

	private static Row row(KnownPart part, StackState state, Layout layout) {
		Optional<ProcessHandle> process = state.records().running(part.name());
		if (process.isEmpty()) {
			return new Row(part, "", "", false, "does not run; see " + layout.log(part.name()));
		}
		String memory = ResidentMemory.of(process.get().pid()).map(Terminal::megabytes).orElse("?");
		DatabaseState health = part.health()
			.map(java.net.URI::create)
			.map((url) -> JavaService.isReady(url) ? new DatabaseState(true, "ready")
					: new DatabaseState(false, "not ready; see " + layout.log(part.name())))
			.orElseGet(() -> DatabaseState.of(layout, part));
		return new Row(part, Long.toString(process.get().pid()), memory, health.healthy(), health.text());
	}

	private record Row(KnownPart part, String process, String memory, boolean healthy, String state) {

		String text() {
			return String.format(Locale.ROOT, "%-20s %8s %6d %8s  @|%s %s|@", this.part.name(), this.process,
					this.part.port(), this.memory, this.healthy ? "green" : "red", this.state);
		}

	}

}
