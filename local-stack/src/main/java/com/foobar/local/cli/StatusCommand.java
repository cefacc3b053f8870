package com.foobar.local.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;

import com.foobar.local.Layout;
import com.foobar.local.StackState;
import com.foobar.local.StackState.Component;
import com.foobar.local.database.Account;
import com.foobar.local.database.ReplicationStatus;
import com.foobar.local.database.ServerTls;
import com.foobar.local.process.JavaService;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * {@code foobar status}.
 */
@Command(name = "status", mixinStandardHelpOptions = true,
		description = "Shows each component: process, port, memory, health, and the lag of the replicas.")
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
		List<Component> components = state.components();
		Optional<ProcessHandle> supervisor = state.supervisor();
		if (components.isEmpty() || (supervisor.isEmpty() && components.stream()
			.noneMatch((component) -> state.records().running(component.name()).isPresent()))) {
			terminal.line(String.format(Locale.ROOT, "Nothing runs in %s. Start it with @|bold ./foobar up|@.",
					layout.directory()));
			return ExitCode.NOT_HEALTHY;
		}
		List<Row> rows = new ArrayList<>();
		for (Component component : components) {
			rows.add(row(component, state, layout));
		}
		terminal.line(String.format(Locale.ROOT, "@|bold %-20s %8s %6s %8s  %s|@", "component", "process", "port",
				"memory", "state"));
		rows.forEach((row) -> terminal.line(row.text()));
		if (supervisor.isEmpty()) {
			terminal.line("@|red Its supervisor was killed: './foobar down' ends the remaining processes.|@");
		}
		boolean healthy = supervisor.isPresent() && rows.stream().allMatch(Row::healthy);
		return healthy ? ExitCode.OK : ExitCode.NOT_HEALTHY;
	}

	private static Row row(Component component, StackState state, Layout layout) {
		Optional<ProcessHandle> process = state.records().running(component.name());
		if (process.isEmpty()) {
			return new Row(component, "", "", false, "does not run; see " + layout.log(component.name()));
		}
		String pid = Long.toString(process.get().pid());
		String memory = residentMemory(process.get().pid()).map(Terminal::megabytes).orElse("?");
		if (component.health().isEmpty()) {
			return database(component, layout, pid, memory);
		}
		boolean ready = JavaService.isReady(URI.create(component.health().get()));
		return new Row(component, pid, memory, ready,
				ready ? "ready" : "not ready; see " + layout.log(component.name()));
	}

	/**
	 * The state of a database server, queried with the monitoring account.
	 */
	private static Row database(Component component, Layout layout, String pid, String memory) {
		Path secrets = layout.secrets().resolve("web-app");
		String url = "jdbc:mysql://127.0.0.1:" + component.port() + "/?"
				+ ServerTls.urlParameters(secrets.resolve("authority.p12")) + "&connectTimeout=2000&socketTimeout=3000";
		try {
			String password = Files.readString(secrets.resolve("read-replica-routing.monitor.password")).strip();
			try (Connection connection = DriverManager.getConnection(url, Account.MONITOR.username(), password);
					Statement statement = connection.createStatement()) {
				Optional<ReplicationStatus> replication = ReplicationStatus.read(statement);
				if (replication.isEmpty()) {
					boolean readOnly = isReadOnly(statement);
					return new Row(component, pid, memory, !readOnly,
							readOnly ? "read-only, and follows no primary" : "primary, writable");
				}
				ReplicationStatus status = replication.get();
				Duration lag = status.lag();
				// Unknown lag is not zero lag.
				return (status.isRunning() && lag != null)
						? new Row(component, pid, memory, true,
								String.format(Locale.ROOT, "replica, %d s behind", lag.toSeconds()))
						: new Row(component, pid, memory, false,
								"replica, not replicating" + (status.error().isEmpty() ? "" : ": " + status.error()));
			}
		}
		catch (IOException | SQLException ex) {
			return new Row(component, pid, memory, false, "does not respond: " + ex.getMessage());
		}
	}

	private static boolean isReadOnly(Statement statement) throws SQLException {
		try (ResultSet variables = statement.executeQuery("SELECT @@global.read_only")) {
			return variables.next() && variables.getBoolean(1);
		}
	}

	/**
	 * The memory of a process in bytes, where the operating system reports it in
	 * {@code /proc}.
	 */
	private static Optional<Long> residentMemory(long pid) {
		try {
			return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))
				.stream()
				.filter((line) -> line.startsWith("VmRSS:"))
				.map((line) -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
				.findFirst();
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	private record Row(Component component, String process, String memory, boolean healthy, String state) {

		String text() {
			return String.format(Locale.ROOT, "%-20s %8s %6d %8s  @|%s %s|@", this.component.name(), this.process,
					this.component.port(), this.memory, this.healthy ? "green" : "red", this.state);
		}

	}

}
