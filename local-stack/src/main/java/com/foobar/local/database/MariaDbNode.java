package com.foobar.local.database;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.foobar.local.process.ChildProcess;
import com.foobar.local.process.Directories;
import com.foobar.local.process.FreePorts;
import com.foobar.local.process.LogTail;
import com.foobar.local.process.Part;
import org.jspecify.annotations.Nullable;

/**
 * One database server, which can be stopped, killed, paused and started again; it keeps
 * its port and its data.
 *
 * <p>
 * Thread-safe. Methods that act return when what they did has taken effect, and throw
 * {@link DatabaseException} if it does not within a minute.
 */
public sealed class MariaDbNode implements Part permits MariaDbReplica {

	private static final Duration START = Duration.ofSeconds(60);

	private static final Duration STOP = Duration.ofSeconds(20);

	private final NodeSettings settings;

	private @Nullable ChildProcess process;

	MariaDbNode(NodeSettings settings) {
		this.settings = settings;
	}

	/**
	 * Such as {@code mariadb-primary} or {@code mariadb-replica-1}.
	 */
	@Override
	public final String name() {
		return this.settings.name();
	}

	@Override
	public final int port() {
		return this.settings.port();
	}

	/**
	 * The JDBC URL of the database {@code foobar}, for Connector/J, without credentials.
	 */
	public final String jdbcUrl() {
		return this.settings.jdbcUrl();
	}

	/**
	 * Opens a connection to the database {@code foobar}. {@link Account#ROOT} may do
	 * anything, on a replica too.
	 */
	public final Connection connect(Account account) throws SQLException {
		return connect(jdbcUrl(), account);
	}

	@Override
	public final synchronized boolean isRunning() {
		return this.process != null && this.process.isAlive();
	}

	@Override
	public final synchronized Optional<ProcessHandle> process() {
		return (this.process != null && this.process.isAlive()) ? Optional.of(this.process.handle()) : Optional.empty();
	}

	@Override
	public final synchronized void start() {
		if (isRunning()) {
			return;
		}
		if (!FreePorts.isFree(port())) {
			// Otherwise the answer of whoever listens there would be taken for the
			// server's.
			throw new DatabaseException(
					String.format(Locale.ROOT, "%s cannot listen on port %d: it is in use", name(), port()));
		}
		try {
			Directories.createPrivate(this.settings.directory());
			Directories.createPrivate(this.settings.directory().resolve("tmp"));
			Files.createDirectories(this.settings.log().toAbsolutePath().getParent());
			Files.writeString(this.settings.configuration(), ServerConfiguration.of(this.settings));
			new DataDirectory(this.settings).ensure();
			this.process = ChildProcess.start(
					List.of(this.settings.distribution().server().toString(),
							"--defaults-file=" + this.settings.configuration(), "--console"),
					this.settings.directory(), this.settings.log());
			this.settings.listener().started(name(), this.process.handle());
			awaitAnswer(this.process);
		}
		catch (IOException ex) {
			throw new DatabaseException(String.format(Locale.ROOT, "%s could not be started: %s", name(), ex), ex);
		}
		catch (InterruptedException ex) {
			throw interrupted("start", ex);
		}
	}

	@Override
	public final synchronized void stop() {
		if (this.process != null) {
			try {
				ChildProcess running = this.process;
				running.stop(() -> askToStop(running), STOP);
			}
			catch (InterruptedException ex) {
				throw interrupted("stop", ex);
			}
		}
	}

	/**
	 * Ends the server at once, as a crash does: what it had committed is there after the
	 * next start.
	 */
	@Override
	public final synchronized void kill() {
		if (this.process != null) {
			try {
				this.process.kill();
			}
			catch (InterruptedException ex) {
				throw interrupted("kill", ex);
			}
		}
	}

	@Override
	public final synchronized void pause() {
		running().pause();
	}

	@Override
	public final synchronized void resume() {
		running().resume();
	}

	private ChildProcess running() {
		if (this.process == null || !this.process.isAlive()) {
			throw new IllegalStateException(name() + " does not run");
		}
		return this.process;
	}

	/**
	 * The last transaction that is in the server's own binary log or applied from
	 * another's, such as {@code 0-1-42}; empty if there is none.
	 */
	public final String gtid() {
		return query("SELECT @@global.gtid_current_pos").orElse("");
	}

	final NodeSettings settings() {
		return this.settings;
	}

	final Connection administration() throws SQLException {
		return connect(this.settings.administrationUrl(), Account.ROOT);
	}

	final void execute(String sql) {
		try (Connection connection = administration(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw failed(ex);
		}
	}

	/**
	 * Executes a statement that holds a password. A server quotes the statement that it
	 * refuses, so of a failure only the codes are passed on.
	 * @param purpose what it does, to complete "could not"
	 */
	final void executeSecretly(String purpose, String sql) {
		try (Connection connection = administration(); Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		catch (SQLException ex) {
			throw new DatabaseException(String.format(Locale.ROOT,
					"%s on port %d could not %s: error %d, SQLState %s (the statement holds a password and is not shown)",
					name(), port(), purpose, ex.getErrorCode(), ex.getSQLState()));
		}
	}

	final Optional<String> query(String sql) {
		try (Connection connection = administration();
				Statement statement = connection.createStatement();
				ResultSet result = statement.executeQuery(sql)) {
			return result.next() ? Optional.ofNullable(result.getString(1)) : Optional.empty();
		}
		catch (SQLException ex) {
			throw failed(ex);
		}
	}

	final DatabaseException failed(SQLException ex) {
		return new DatabaseException(String.format(Locale.ROOT, "%s on port %d: %s", name(), port(), ex.getMessage()),
				ex);
	}

	final DatabaseException interrupted(String action, InterruptedException ex) {
		Thread.currentThread().interrupt();
		return new DatabaseException(String.format(Locale.ROOT, "Interrupted during %s of %s", action, name()), ex);
	}

	private Connection connect(String url, Account account) throws SQLException {
		return DriverManager.getConnection(url, account.username(), this.settings.credentials().password(account));
	}

	private void awaitAnswer(ChildProcess started) throws InterruptedException {
		long deadline = System.nanoTime() + START.toNanos();
		while (true) {
			if (!started.isAlive()) {
				throw new DatabaseException(String.format(Locale.ROOT, "%s ended while it started on port %d: %s",
						name(), port(), LogTail.of(this.settings.log())));
			}
			try (Connection connection = administration()) {
				if (connection.isValid(1)) {
					return;
				}
			}
			catch (SQLException ex) {
				boolean refused = "28000".equals(ex.getSQLState());
				if (refused || System.nanoTime() > deadline) {
					started.kill();
					throw new DatabaseException(refused ? String.format(Locale.ROOT,
							"%s refuses the administrator: its data in %s was made with other passwords (%s). Bring them back, or remove the data.",
							name(), this.settings.data(), ex.getMessage())
							: String.format(Locale.ROOT, "%s does not answer on port %d after %d s (%s); %s", name(),
									port(), START.toSeconds(), ex.getMessage(), LogTail.of(this.settings.log())),
							ex);
				}
			}
			Thread.sleep(25);
		}
	}

	private void askToStop(ChildProcess running) {
		if (!ChildProcess.isWindows()) {
			running.terminate();
			return;
		}
		// Windows has no signal that asks.
		try (Connection connection = administration(); Statement statement = connection.createStatement()) {
			statement.execute("SHUTDOWN");
		}
		catch (SQLException ex) {
			running.terminate();
		}
	}

}
