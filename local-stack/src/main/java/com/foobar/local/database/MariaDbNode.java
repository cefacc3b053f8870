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
import java.util.Optional;

import com.foobar.local.process.ChildProcess;
import com.foobar.local.process.Directories;
import com.foobar.local.process.ManagedProcess;
import com.foobar.local.process.StackException;

/**
 * One database server, which keeps its port and its data when it is stopped or killed.
 */
public sealed class MariaDbNode extends ManagedProcess permits MariaDbReplica {

	private static final Duration START_TIMEOUT = Duration.ofSeconds(60);

	private static final Duration STOP_TIMEOUT = Duration.ofSeconds(20);

	private final NodeSettings settings;

	MariaDbNode(NodeSettings settings) {
		super(settings.name(), settings.port(), settings.log(), START_TIMEOUT, STOP_TIMEOUT, settings.listener());
		this.settings = settings;
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
	protected final ChildProcess launch() throws IOException, InterruptedException {
		Directories.createPrivate(this.settings.directory());
		Directories.createPrivate(this.settings.directory().resolve("tmp"));
		Files.writeString(this.settings.configuration(), ServerConfiguration.of(this.settings));
		new DataDirectory(this.settings).ensure();
		return ChildProcess.start(
				List.of(this.settings.distribution().server().toString(),
						"--defaults-file=" + this.settings.configuration(), "--console"),
				this.settings.directory(), log());
	}

	@Override
	protected final Optional<String> probe() {
		try (Connection connection = administration()) {
			return connection.isValid(1) ? Optional.empty() : Optional.of("a connection is not valid");
		}
		catch (SQLException ex) {
			if ("28000".equals(ex.getSQLState())) {
				throw StackException.of(ex,
						"%s refuses the administrator: its data in %s was made with other passwords (%s). Restore them, or remove the data.",
						name(), this.settings.data(), ex.getMessage());
			}
			return Optional.of(String.valueOf(ex.getMessage()));
		}
	}

	@Override
	protected final void requestStop(ChildProcess running) {
		if (!ChildProcess.isWindows()) {
			running.terminate();
			return;
		}
		// Windows has no signal that requests a stop.
		try (Connection connection = administration(); Statement statement = connection.createStatement()) {
			statement.execute("SHUTDOWN");
		}
		catch (SQLException ex) {
			running.terminate();
		}
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
			throw StackException.of(
					"%s on port %d could not %s: error %d, SQLState %s (the statement holds a password and is not shown)",
					name(), port(), purpose, ex.getErrorCode(), ex.getSQLState());
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

	final StackException failed(SQLException ex) {
		return StackException.of(ex, "%s on port %d: %s", name(), port(), ex.getMessage());
	}

	private Connection connect(String url, Account account) throws SQLException {
		return DriverManager.getConnection(url, account.username(), this.settings.credentials().password(account));
	}

}
