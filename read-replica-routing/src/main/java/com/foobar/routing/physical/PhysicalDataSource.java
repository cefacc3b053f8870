package com.foobar.routing.physical;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Consumer;
import java.util.logging.Logger;

import javax.sql.DataSource;

import com.foobar.routing.dialect.Dialect;
import com.foobar.routing.url.JdbcUrl;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.util.DriverDataSource;
import org.jspecify.annotations.Nullable;

/**
 * Opens the connections of a HikariCP pool: what the pool would do itself, except that
 * each one is a {@link PhysicalConnection} and that failures to connect are told at once,
 * while the pool keeps them to itself until a borrower's timeout ends. Thread-safe.
 */
public final class PhysicalDataSource implements DataSource {

	private final HikariConfig pool;

	private final ConnectionFailureListener failures;

	private final @Nullable Consumer<String> commitListener;

	private final boolean asksServer;

	private final @Nullable DriverDefaults defaults;

	private volatile @Nullable DataSource driver;

	private PhysicalDataSource(HikariConfig pool, ConnectionFailureListener failures,
			@Nullable Consumer<String> commitListener, boolean asksServer, @Nullable DriverDefaults defaults) {
		this.defaults = defaults;
		this.pool = pool;
		this.failures = failures;
		this.commitListener = commitListener;
		this.asksServer = asksServer;
	}

	/**
	 * Put a data source of this kind below a pool that has not started. What the pool was
	 * told about the driver stays as it is; with Connector/J three driver properties are
	 * added, unless the pool or its URL has them: {@code useLocalSessionState}, so that
	 * the driver need not ask the server what it told it,
	 * {@code readOnlyPropagatesToServer=false}, so that the read-only flag stays a check
	 * in the driver, and {@code trackSessionState}, so that the server tells what the
	 * application changes by SQL, for which one statement is sent when a connection is
	 * opened. The pool gets an {@link EvictionRule}.
	 * @param pool the configuration of the pool
	 * @param failures told of every failure
	 * @return whether the pool could be prepared; one that has a data source of its own
	 * is left alone
	 */
	public static boolean prepare(HikariConfig pool, ConnectionFailureListener failures) {
		return prepare(pool, failures, null);
	}

	/**
	 * Put a data source of this kind below a pool that has not started, as
	 * {@link #prepare(HikariConfig, ConnectionFailureListener)} does, and listen to the
	 * commits. With Connector/J this adds one more statement when a connection is opened;
	 * with other drivers nothing is heard.
	 * @param pool the configuration of the pool
	 * @param failures told of every failure
	 * @param commitListener told the identifiers of each commit, on the thread that
	 * committed; {@code null} to hear of none
	 * @return whether the pool could be prepared
	 */
	public static boolean prepare(HikariConfig pool, ConnectionFailureListener failures,
			@Nullable Consumer<String> commitListener) {
		String url = pool.getJdbcUrl();
		if (url == null || pool.getDataSource() != null || pool.getDataSourceClassName() != null
				|| pool.getDataSourceJNDI() != null) {
			return false;
		}
		JdbcUrl parts = JdbcUrl.of(url);
		DriverDefaults defaults = null;
		if (parts.isMySql()) {
			defaults = new DriverDefaults(addUnlessSet(pool, parts, "useLocalSessionState", "true"),
					addUnlessSet(pool, parts, "readOnlyPropagatesToServer", "false"));
			addUnlessSet(pool, parts, "trackSessionState", "true");
			defaults = isConnectorJ() ? defaults : null;
		}
		pool.setExceptionOverride(new EvictionRule(EvictionRule.ownOf(pool.getExceptionOverride()), failures));
		pool.setDataSource(
				new PhysicalDataSource(pool, failures, parts.isMySql() ? commitListener : null, true, defaults));
		return true;
	}

	/**
	 * Put a data source of this kind below a pool that has not started.
	 * @param pool the configuration of the pool
	 * @param driver opens the connections themselves
	 */
	public static void prepare(HikariConfig pool, DataSource driver) {
		PhysicalDataSource dataSource = new PhysicalDataSource(pool, ConnectionFailureListener.IGNORED, null, false,
				null);
		dataSource.driver = driver;
		pool.setDataSource(dataSource);
	}

	/**
	 * Whether a pool opens its connections through a data source of this kind.
	 * @param pool the pool
	 * @return whether it does
	 */
	public static boolean isBelow(HikariConfig pool) {
		return pool.getDataSource() instanceof PhysicalDataSource;
	}

	/**
	 * Made when the pool starts, from what the pool was told until then.
	 */
	private DataSource driver() {
		DataSource driver = this.driver;
		if (driver == null) {
			driver = new DriverDataSource(this.pool.getJdbcUrl(), this.pool.getDriverClassName(),
					this.pool.getDataSourceProperties(), this.pool.getUsername(), this.pool.getPassword());
			this.driver = driver;
		}
		return driver;
	}

	/** Others speak for such URLs too. */
	private static boolean isConnectorJ() {
		try {
			Class.forName("com.mysql.cj.MysqlConnection", false, PhysicalDataSource.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException ex) {
			return false;
		}
	}

	private static boolean addUnlessSet(HikariConfig pool, JdbcUrl url, String name, String value) {
		if (pool.getDataSourceProperties().containsKey(name) || url.parameters().containsKey(name)) {
			return false;
		}
		pool.addDataSourceProperty(name, value);
		return true;
	}

	@Override
	public Connection getConnection() throws SQLException {
		return open(driver()::getConnection);
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return open(() -> driver().getConnection(username, password));
	}

	private Connection open(Opening opening) throws SQLException {
		try {
			return stand(opening.open());
		}
		catch (SQLException ex) {
			this.failures.couldNotOpen(ex);
			throw ex;
		}
	}

	private PhysicalConnection stand(Connection driver) throws SQLException {
		Consumer<String> listener = this.commitListener;
		try {
			return new PhysicalConnection(driver, server(driver),
					(listener != null) ? CommitTracker.start(driver, listener) : null, this.defaults);
		}
		catch (SQLException | RuntimeException ex) {
			try (driver) {
				throw ex;
			}
		}
	}

	/**
	 * One question for each connection that is opened, so that none is needed for each
	 * one that is borrowed.
	 */
	private @Nullable String server(Connection connection) throws SQLException {
		return this.asksServer ? Dialect.of(connection).server(connection) : null;
	}

	@Override
	public PrintWriter getLogWriter() throws SQLException {
		return driver().getLogWriter();
	}

	@Override
	public void setLogWriter(PrintWriter out) throws SQLException {
		driver().setLogWriter(out);
	}

	@Override
	public void setLoginTimeout(int seconds) throws SQLException {
		driver().setLoginTimeout(seconds);
	}

	@Override
	public int getLoginTimeout() throws SQLException {
		return driver().getLoginTimeout();
	}

	@Override
	public Logger getParentLogger() {
		return Logger.getLogger(Logger.GLOBAL_LOGGER_NAME);
	}

	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		if (type.isInstance(this)) {
			return type.cast(this);
		}
		return driver().unwrap(type);
	}

	@Override
	public boolean isWrapperFor(Class<?> type) throws SQLException {
		return type.isInstance(this) || driver().isWrapperFor(type);
	}

	private interface Opening {

		Connection open() throws SQLException;

	}

}
