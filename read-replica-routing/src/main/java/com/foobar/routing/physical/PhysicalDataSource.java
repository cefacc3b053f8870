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
 * Opens the connections of a HikariCP pool as the pool would itself, except that each one
 * is a {@link PhysicalConnection}, and that failures to connect are reported at once,
 * while the pool reports them when a borrower's timeout has expired. Thread-safe.
 */
public final class PhysicalDataSource implements DataSource {

	private final HikariConfig pool;

	private final ConnectionFailureListener failures;

	private final @Nullable Consumer<String> commitListener;

	private final boolean queriesServer;

	private final @Nullable DriverDefaults defaults;

	private volatile @Nullable DataSource driver;

	private PhysicalDataSource(HikariConfig pool, ConnectionFailureListener failures,
			@Nullable Consumer<String> commitListener, boolean queriesServer, @Nullable DriverDefaults defaults) {
		this.defaults = defaults;
		this.pool = pool;
		this.failures = failures;
		this.commitListener = commitListener;
		this.queriesServer = queriesServer;
	}

	/**
	 * Put a data source of this kind below a pool that has not started. The pool keeps
	 * its driver properties. With Connector/J three are added unless the pool or its URL
	 * sets them: {@code useLocalSessionState}, so that the driver does not query settings
	 * that it has made itself, {@code readOnlyPropagatesToServer=false}, so that the
	 * read-only flag is checked in the driver only, and {@code trackSessionState}, so
	 * that the server reports what the application changes by SQL, for which one
	 * statement is sent when a connection is opened. The pool gets an
	 * {@link EvictionRule}.
	 * @param pool the configuration of the pool
	 * @param failures receives every failure
	 * @return whether the pool was prepared; one with a data source of its own is not
	 */
	public static boolean prepare(HikariConfig pool, ConnectionFailureListener failures) {
		return prepare(pool, failures, null);
	}

	/**
	 * Put a data source of this kind below a pool that has not started, as
	 * {@link #prepare(HikariConfig, ConnectionFailureListener)} does, and track commits.
	 * With Connector/J this adds one more statement when a connection is opened; other
	 * drivers report no commits.
	 * @param pool the configuration of the pool
	 * @param failures receives every failure
	 * @param commitListener receives the GTIDs of each commit, on the thread that
	 * committed; {@code null} for none
	 * @return whether the pool was prepared
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
		pool.setExceptionOverride(new EvictionRule(EvictionRule.configuredRule(pool.getExceptionOverride()), failures));
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
	 * Return whether a pool opens its connections through a data source of this kind.
	 * @param pool the pool
	 * @return whether it does
	 */
	public static boolean isBelow(HikariConfig pool) {
		return pool.getDataSource() instanceof PhysicalDataSource;
	}

	/**
	 * Created when the pool starts, from the settings that it has by then.
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

	/** Other drivers accept such URLs too. */
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

	private Connection open(ConnectionSupplier supplier) throws SQLException {
		try {
			return wrap(supplier.open());
		}
		catch (SQLException ex) {
			this.failures.onOpenFailed(ex);
			throw ex;
		}
	}

	private PhysicalConnection wrap(Connection driver) throws SQLException {
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
	 * One query for each connection that is opened, so that none is needed when it is
	 * borrowed.
	 */
	private @Nullable String server(Connection connection) throws SQLException {
		return this.queriesServer ? Dialect.of(connection).server(connection) : null;
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

	private interface ConnectionSupplier {

		Connection open() throws SQLException;

	}

}
