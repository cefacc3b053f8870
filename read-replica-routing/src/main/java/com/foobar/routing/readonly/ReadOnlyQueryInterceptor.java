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
 * Lets a read-only connection write on no server. Connector/J calls it before each
 * statement, whoever made it, and refuses itself what begins with INSERT and the like. Of
 * the rest a plain query runs as it is. Before a statement that may write the session on
 * the server is made read-only, once, so that the server refuses the write, and before
 * the next statement of a connection that is not read-only it is made read-write again.
 * What a server runs in a read-only session although it locks or writes is refused here.
 * <p>
 * A transaction that has begun cannot be made read-only any more. It is ended, which
 * loses nothing that was written; what follows sees the state of that moment. On a server
 * that is a replica for good that is not necessary, since it is read-only itself.
 * <p>
 * One for each connection of the driver, which needs a class with a public constructor.
 * For one thread at a time, as the connection is.
 */
public class ReadOnlyQueryInterceptor implements QueryInterceptor {

	/** ER_CANT_EXECUTE_IN_READ_ONLY_TRANSACTION, as the server would say. */
	private static final int REFUSED = 1792;

	private static final String REFUSED_STATE = "25006";

	private static final StatementKindCache PREPARED = new StatementKindCache();

	private @Nullable JdbcConnection connection;

	/** Whether the session on the server is read-only. */
	private boolean readOnlySession;

	/** Whether the statement that is about to run is one of these. */
	private boolean telling;

	/**
	 * The guard of a connection.
	 * @param connection a connection of the driver
	 * @return {@code null} if it has none
	 */
	public static @Nullable ReadOnlyQueryInterceptor of(MysqlConnection connection) {
		if (connection instanceof JdbcConnection jdbc) {
			for (QueryInterceptor interceptor : jdbc.getQueryInterceptorsInstances()) {
				if (interceptor instanceof ReadOnlyQueryInterceptor guard) {
					return guard;
				}
			}
		}
		return null;
	}

	/** Whether it is the guard that changes the session now. */
	public boolean isTelling() {
		return this.telling;
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
		if (connection == null || query == null || this.telling) {
			return null;
		}
		try {
			if (connection.isReadOnly(false)) {
				beforeReadOnly(connection, kind(text, query));
			}
			else if (this.readOnlySession) {
				tell(connection, "SET SESSION TRANSACTION READ WRITE");
				this.readOnlySession = false;
			}
		}
		catch (SQLException ex) {
			throw failure(ex.getMessage(), ex.getSQLState(), ex.getErrorCode(), ex);
		}
		return null;
	}

	private void beforeReadOnly(JdbcConnection connection, StatementKind kind) throws SQLException {
		if (kind == StatementKind.PLAIN) {
			return;
		}
		if (kind.refusal() != null) {
			throw failure(kind.refusal(), REFUSED_STATE, REFUSED, null);
		}
		if (!this.readOnlySession) {
			if (endsTransactions() && connection.getSession().getServerSession().inTransactionOnServer()) {
				tell(connection, "COMMIT");
			}
			tell(connection, "SET SESSION TRANSACTION READ ONLY");
			this.readOnlySession = true;
		}
	}

	/** Whether a transaction that has begun could write. */
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

	private void tell(JdbcConnection connection, String sql) throws SQLException {
		this.telling = true;
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
		finally {
			this.telling = false;
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
