package com.foobar.routing.servers;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Logger;

import org.jspecify.annotations.Nullable;

/**
 * A driver without a server, for {@code jdbc:recording://NAME/}. It behaves as
 * Connector/J does and records the statements that it would send. A {@code NAME} in upper
 * case refuses connections. Not a mock: nothing is programmed or verified, the tests
 * check what was sent.
 */
public final class RecordingDriver implements Driver {

	private static final String PREFIX = "jdbc:recording://";

	/** The prefix of a driver that wraps Connector/J. */
	private static final String WRAPPING = "jdbc:recording:mysql://";

	private static final Map<String, List<String>> SENT = new ConcurrentHashMap<>();

	private static final Map<String, String> EXECUTED = new ConcurrentHashMap<>();

	private static final Set<String> DOWN = ConcurrentHashMap.newKeySet();

	static {
		try {
			DriverManager.registerDriver(new RecordingDriver());
		}
		catch (SQLException ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	/** Clears the records, and makes all servers reachable. */
	public static void reset() {
		SENT.clear();
		DOWN.clear();
		EXECUTED.clear();
	}

	public static String url(String server) {
		return PREFIX + server + "/test";
	}

	/** A driver that reports no GTIDs of commits. */
	public static String wrappingUrl(String server) {
		return WRAPPING + server + "/test";
	}

	/**
	 * The statements sent to a server since the last reset, without the monitor's
	 * queries.
	 */
	public static List<String> sent(String server) {
		return SENT.computeIfAbsent(server, (name) -> new CopyOnWriteArrayList<>());
	}

	/** Sets the GTIDs that a server reports as executed. */
	public static void executed(String server, String gtids) {
		EXECUTED.put(server, gtids);
	}

	public static void down(String server) {
		DOWN.add(server);
	}

	@Override
	public @Nullable Connection connect(String url, Properties info) throws SQLException {
		if (!acceptsURL(url)) {
			return null;
		}
		int start = url.indexOf("//") + 2;
		String server = url.substring(start, url.indexOf('/', start));
		if (DOWN.contains(server)) {
			throw new SQLNonTransientConnectionException(server + " refuses connections", "08S01");
		}
		return proxy(Connection.class, new RecordedConnection(server, url));
	}

	@Override
	public boolean acceptsURL(String url) {
		return url.startsWith(PREFIX) || url.startsWith(WRAPPING);
	}

	@Override
	public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
		return new DriverPropertyInfo[0];
	}

	@Override
	public int getMajorVersion() {
		return 1;
	}

	@Override
	public int getMinorVersion() {
		return 0;
	}

	@Override
	public boolean jdbcCompliant() {
		return false;
	}

	@Override
	public Logger getParentLogger() {
		return Logger.getGlobal();
	}

	private static <T> T proxy(Class<T> type, InvocationHandler handler) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

	private static void send(String server, String sql) {
		boolean monitoring = sql.contains("@@global.gtid") || sql.contains("@@global.server_uuid")
				|| sql.contains("@@global.server_uuid") || sql.contains("@@global.read_only")
				|| sql.startsWith("SHOW REPLICA STATUS") || sql.contains("performance_schema");
		if (!monitoring) {
			sent(server).add(sql);
		}
	}

	private static final class RecordedConnection implements InvocationHandler {

		private final String server;

		private final String url;

		private boolean autoCommit = true;

		private boolean readOnly;

		private boolean closed;

		private int isolation = Connection.TRANSACTION_REPEATABLE_READ;

		RecordedConnection(String server, String url) {
			this.server = server;
			this.url = url;
		}

		@Override
		public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args) throws SQLException {
			Object argument = (args != null && args.length > 0) ? args[0] : null;
			switch (method.getName()) {
				case "setAutoCommit" -> {
					if (!Boolean.valueOf(this.autoCommit).equals(argument)) {
						this.autoCommit = !this.autoCommit;
						send(this.server, "SET autocommit=" + (this.autoCommit ? 1 : 0));
					}
					return null;
				}
				case "getAutoCommit" -> {
					return this.autoCommit;
				}
				case "commit", "rollback" -> {
					if (this.autoCommit) {
						throw new SQLException("Can't call " + method.getName() + " when autocommit=true");
					}
					send(this.server, method.getName().toUpperCase(Locale.ROOT));
					return null;
				}
				case "setReadOnly" -> {
					this.readOnly = Boolean.TRUE.equals(argument);
					return null;
				}
				case "isReadOnly" -> {
					return this.readOnly;
				}
				case "setTransactionIsolation" -> {
					this.isolation = (Integer) Objects.requireNonNull(argument);
					send(this.server, "SET isolation=" + this.isolation);
					return null;
				}
				case "getTransactionIsolation" -> {
					return this.isolation;
				}
				case "getHoldability" -> {
					return ResultSet.CLOSE_CURSORS_AT_COMMIT;
				}
				case "isValid" -> {
					return !DOWN.contains(this.server);
				}
				case "close", "abort" -> {
					this.closed = true;
					return null;
				}
				case "isClosed" -> {
					return this.closed;
				}
				case "createStatement" -> {
					if (DOWN.contains(this.server)) {
						throw new SQLNonTransientConnectionException("The link to " + this.server + " broke", "08S01");
					}
					return proxy(Statement.class, new RecordedStatement(this.server, null));
				}
				case "prepareStatement" -> {
					return proxy(PreparedStatement.class, new RecordedStatement(this.server, (String) argument));
				}
				case "getMetaData" -> {
					return proxy(DatabaseMetaData.class,
							(metaData, question, none) -> question.getName().equals("getURL") ? this.url
									: (question.getReturnType() == boolean.class) ? (Object) false : null);
				}
				case "isWrapperFor" -> {
					return false;
				}
				case "getNetworkTimeout" -> {
					return 0;
				}
				case "hashCode" -> {
					return System.identityHashCode(proxy);
				}
				case "equals" -> {
					return proxy == argument;
				}
				case "toString" -> {
					return "connection to " + this.server;
				}
				default -> {
					return null;
				}
			}
		}

	}

	private static final class RecordedStatement implements InvocationHandler {

		private final String server;

		private final @Nullable String sql;

		private boolean closed;

		RecordedStatement(String server, @Nullable String sql) {
			this.server = server;
			this.sql = sql;
		}

		@Override
		public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args) {
			if (method.getName().startsWith("execute")) {
				String statement = (this.sql != null) ? this.sql
						: (String) Objects.requireNonNull(Objects.requireNonNull(args)[0]);
				send(this.server, statement);
				if (method.getReturnType() == ResultSet.class) {
					return proxy(ResultSet.class, new RecordedRow(row(statement)));
				}
				return (method.getReturnType() == int.class) ? (Object) 1 : (Object) false;
			}
			switch (method.getName()) {
				case "close" -> {
					this.closed = true;
					return null;
				}
				case "isClosed" -> {
					return this.closed;
				}
				case "isWrapperFor" -> {
					return false;
				}
				case "toString" -> {
					return String.valueOf(this.sql);
				}
				case "hashCode" -> {
					return System.identityHashCode(proxy);
				}
				default -> {
					Class<?> type = method.getReturnType();
					return (type == int.class) ? (Object) 0 : (type == boolean.class) ? (Object) false : null;
				}
			}
		}

		private Map<String, String> row(String statement) {
			if (statement.startsWith("SHOW REPLICA STATUS")) {
				return Map.of("Replica_IO_Running", "Yes", "Replica_SQL_Running", "Yes", "Seconds_Behind_Source", "0",
						"Last_IO_Error", "", "Last_SQL_Error", "");
			}
			return Map.of("1",
					statement.contains("gtid_executed") ? EXECUTED.getOrDefault(this.server, "")
							: statement.contains("read_only") || statement.contains("WAIT_FOR")
									|| statement.contains("performance_schema") ? "0" : this.server);
		}

	}

	private static final class RecordedRow implements InvocationHandler {

		private final Map<String, String> values;

		private boolean read;

		RecordedRow(Map<String, String> values) {
			this.values = values;
		}

		@Override
		public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args) {
			switch (method.getName()) {
				case "next" -> {
					boolean first = !this.read;
					this.read = true;
					return first;
				}
				case "getString" -> {
					return this.values.get(String.valueOf(Objects.requireNonNull(args)[0]));
				}
				case "getInt" -> {
					return Integer.valueOf(
							Objects.requireNonNull(this.values.get(String.valueOf(Objects.requireNonNull(args)[0]))));
				}
				case "getLong" -> {
					return Long.valueOf(
							Objects.requireNonNull(this.values.get(String.valueOf(Objects.requireNonNull(args)[0]))));
				}
				case "getDouble" -> {
					return Double.valueOf(
							Objects.requireNonNull(this.values.get(String.valueOf(Objects.requireNonNull(args)[0]))));
				}
				case "wasNull" -> {
					return false;
				}
				default -> {
					return null;
				}
			}
		}

	}

}
