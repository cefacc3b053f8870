package com.foobar.routing.readonly;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import java.util.function.Supplier;

import com.mysql.cj.MysqlConnection;
import com.mysql.cj.PreparedQuery;
import com.mysql.cj.Query;
import com.mysql.cj.exceptions.CJException;
import com.mysql.cj.exceptions.ExceptionFactory;
import com.mysql.cj.interceptors.QueryInterceptor;
import com.mysql.cj.jdbc.JdbcConnection;
import com.mysql.cj.jdbc.JdbcPreparedStatement;
import com.mysql.cj.log.Log;
import com.mysql.cj.protocol.Resultset;
import com.mysql.cj.protocol.ServerSession;
import org.jspecify.annotations.Nullable;

/**
 * Prevents writes on a read-only connection, on any server. Connector/J calls it before
 * each statement, and itself rejects statements that start with INSERT and the like. A
 * plain query runs unchanged. Before a statement that may write, the session on the
 * server is set read-only, once, so that the server rejects the write; before the next
 * statement of a connection that is not read-only it is set read-write again. What a
 * server executes in a read-only session although it locks or writes is rejected here.
 * <p>
 * A transaction that has started cannot be set read-only. It is ended, which loses no
 * write; the following statements see the state of that moment. On a server that is
 * always a replica this is not necessary, since the server itself is read-only.
 * <p>
 * One per connection of the driver, which requires a class with a public constructor. For
 * one thread at a time, as the connection is.
 */
public class ReadOnlyQueryInterceptor implements QueryInterceptor {

	/** ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION, as the server would report. */
	private static final int READ_ONLY_TRANSACTION = 1792;

	private static final String READ_ONLY_STATE = "25006";

	private static final StatementKindCache PREPARED = new StatementKindCache();

	private @Nullable JdbcConnection connection;

	/** Whether the session on the server is read-only. */
	private boolean readOnlySession;

	/** Whether this interceptor itself is executing a statement. */
	private boolean changingSession;

	/**
	 * Find the interceptor of a connection.
	 * @param connection a connection of the driver
	 * @return the interceptor, {@code null} if there is none
	 */
	public static @Nullable ReadOnlyQueryInterceptor of(MysqlConnection connection) {
		if (connection instanceof JdbcConnection jdbc) {
			for (QueryInterceptor interceptor : jdbc.getQueryInterceptorsInstances()) {
				if (interceptor instanceof ReadOnlyQueryInterceptor ours) {
					return ours;
				}
			}
		}
		return null;
	}

	/**
	 * Return whether the interceptor, and not the application, is changing the session.
	 * @return whether a statement of the interceptor is executing
	 */
	public boolean isChangingSession() {
		return this.changingSession;
	}

	@Override
	public QueryInterceptor init(MysqlConnection connection, Properties properties, Log log) {
		this.connection = (connection instanceof JdbcConnection jdbc) ? jdbc : null;
		return this;
	}

	/**
	 * Called before each statement.
	 * @param text the text, with the values of parameters in it
	 * @param query the statement, {@code null} if the driver itself sends it
	 * @return {@code null}, to run it
	 */
	@Override
	@SuppressWarnings("TypeParameterUnusedInFormals")
	public <T extends Resultset> @Nullable T preProcess(Supplier<String> text, @Nullable Query query) {
		JdbcConnection connection = this.connection;
		if (connection == null || query == null || this.changingSession) {
			return null;
		}
		try {
			if (connection.isReadOnly(false)) {
				beforeStatementOfReadOnlyConnection(connection, kind(text, query));
			}
			else if (this.readOnlySession) {
				execute(connection, "SET SESSION TRANSACTION READ WRITE");
				this.readOnlySession = false;
			}
		}
		catch (SQLException ex) {
			throw failure(ex.getMessage(), ex.getSQLState(), ex.getErrorCode(), ex);
		}
		return null;
	}

	private void beforeStatementOfReadOnlyConnection(JdbcConnection connection, StatementKind kind)
			throws SQLException {
		if (kind == StatementKind.PLAIN) {
			return;
		}
		if (kind.refusal() != null) {
			throw failure(kind.refusal(), READ_ONLY_STATE, READ_ONLY_TRANSACTION, null);
		}
		if (!this.readOnlySession) {
			if (endsTransactions() && connection.getSession().getServerSession().inTransactionOnServer()) {
				execute(connection, "COMMIT");
			}
			execute(connection, "SET SESSION TRANSACTION READ ONLY");
			this.readOnlySession = true;
		}
	}

	/** Whether a transaction that has started must be ended first. */
	boolean endsTransactions() {
		return true;
	}

	private static StatementKind kind(Supplier<String> text, Query query) throws SQLException {
		if (query instanceof JdbcPreparedStatement statement) {
			return PREPARED.of(statement.getPreparedSql());
		}
		if (query instanceof PreparedQuery prepared) {
			return PREPARED.of(prepared.getOriginalSql());
		}
		return StatementClassifier.classify(text.get());
	}

	private void execute(JdbcConnection connection, String sql) throws SQLException {
		this.changingSession = true;
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		finally {
			this.changingSession = false;
		}
	}

	private static CJException failure(@Nullable String message, @Nullable String state, int code,
			@Nullable Throwable cause) {
		return ExceptionFactory.createException(String.valueOf(message), state, code, false, cause, null);
	}

	@Override
	public boolean executeTopLevelOnly() {
		return false;
	}

	@Override
	public <T extends Resultset> @Nullable T postProcess(Supplier<String> text, @Nullable Query query,
			@Nullable T result, ServerSession session) {
		return null;
	}

	@Override
	public void destroy() {
		this.connection = null;
	}

	/** For the connections to a replica. */
	public static final class OnReplica extends ReadOnlyQueryInterceptor {

		@Override
		boolean endsTransactions() {
			return false;
		}

	}

}
