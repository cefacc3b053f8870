package com.foobar.routing.monitor;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;

import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.dialect.Dialect;
import com.foobar.routing.dialect.GroupDialect;
import com.foobar.routing.dialect.GroupView;
import com.foobar.routing.url.JdbcUrl;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Probes a server over a connection of its own, which it keeps for the next probe. Not
 * one of the pool: an exhausted pool says nothing about the server, and timeouts that
 * suit queries are too long here.
 */
final class JdbcProbe implements Probe {

	private static final Log logger = LogFactory.getLog(JdbcProbe.class);

	private final NodeEndpoint endpoint;

	private final String url;

	private final Properties properties;

	private final PrimaryDiscovery discovery;

	private @Nullable Connection connection;

	private @Nullable Dialect dialect;

	private volatile @Nullable String server;

	JdbcProbe(NodeEndpoint endpoint, Duration timeout, PrimaryDiscovery discovery) {
		this.discovery = discovery;
		this.endpoint = endpoint;
		this.url = monitoringUrl(endpoint.url());
		this.properties = properties(endpoint, timeout);
	}

	private static Properties properties(NodeEndpoint endpoint, Duration timeout) {
		Properties properties = new Properties();
		properties.putAll(endpoint.properties());
		if (endpoint.username() != null) {
			properties.setProperty("user", endpoint.username());
		}
		if (endpoint.password() != null) {
			properties.setProperty("password", endpoint.password());
		}
		String millis = Long.toString(timeout.toMillis());
		properties.setProperty("connectTimeout", millis);
		properties.setProperty("socketTimeout", millis);
		return properties;
	}

	/**
	 * The URL without three parts: drivers that observe the application's statements,
	 * which would report a probe every second; timeouts, which are meant for the
	 * application's queries and would override ours; and the database, in which a
	 * monitoring account has no privileges.
	 */
	static String monitoringUrl(String url) {
		return JdbcUrl.of(url)
			.unwrapped()
			.replaceAll("(?i)(?<=[?&])(?:connectTimeout|socketTimeout)=[^&]*&?", "")
			.replaceAll("[?&]$", "")
			.replaceFirst("^(jdbc:[^/]+//[^/?]*)/[^?]*", "$1/");
	}

	@Override
	public Observation probe() {
		try {
			return query(connect());
		}
		catch (SQLException ex) {
			close();
			String detail = firstLine(ex) + " (SQLState " + ex.getSQLState() + ", error " + ex.getErrorCode() + ")";
			return isRefusal(ex.getSQLState()) ? new Observation.Refused(detail) : new Observation.Unreachable(detail);
		}
	}

	/**
	 * The driver's messages on link failures have several lines; the log gets one.
	 */
	private static String firstLine(SQLException failure) {
		String message = failure.getMessage();
		return (message != null) ? message.lines().findFirst().orElse("") : failure.getClass().getName();
	}

	/**
	 * The server responds and refuses the account (28), for lack of a privilege (42), or
	 * one more connection (08004), while the pools may have theirs.
	 */
	private static boolean isRefusal(@Nullable String state) {
		return state != null && (state.startsWith("28") || state.startsWith("42") || state.equals("08004"));
	}

	private Connection connect() throws SQLException {
		Connection connection = this.connection;
		if (connection == null) {
			connection = DriverManager.getDriver(this.url).connect(this.url, this.properties);
			if (connection == null) {
				throw new SQLException("The driver does not accept the URL of " + this.endpoint, "08001");
			}
			this.connection = connection;
		}
		return connection;
	}

	private Observation query(Connection connection) throws SQLException {
		Dialect dialect = this.dialect;
		if (dialect == null) {
			dialect = Dialect.of(connection);
			this.server = dialect.server(connection);
			this.dialect = dialect;
		}
		return switch (this.discovery) {
			case STATIC -> (this.endpoint.node().role() == Role.PRIMARY)
					? new Observation.Primary(dialect.isReadOnly(connection), dialect.executed(connection))
					: new Observation.Replica(dialect.replication(connection), dialect.executed(connection));
			case READ_ONLY_FLAG -> new Observation.Server(dialect.isReadOnly(connection),
					dialect.replication(connection), null, dialect.executed(connection));
			case GROUP_REPLICATION -> queryMember(connection, dialect);
		};
	}

	private static Observation queryMember(Connection connection, Dialect dialect) throws SQLException {
		if (!(dialect instanceof GroupDialect member)) {
			return new Observation.Unsupported("is a MariaDB server, which has no Group Replication");
		}
		GroupView group = member.group(connection);
		return new Observation.Server(dialect.isReadOnly(connection), member.replication(connection, group), group,
				dialect.executed(connection));
	}

	@Override
	public @Nullable String server() {
		return this.server;
	}

	@Override
	public void close() {
		Connection connection = this.connection;
		this.connection = null;
		this.dialect = null;
		if (connection != null) {
			try {
				connection.close();
			}
			catch (SQLException ex) {
				logger.debug("Could not close the monitor's connection to " + this.endpoint, ex);
			}
		}
	}

}
