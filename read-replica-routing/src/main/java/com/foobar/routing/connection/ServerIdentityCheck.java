package com.foobar.routing.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.physical.PhysicalConnection;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Takes connections from a pool that lead to the server which was looked at. The address
 * of a replica may lead to several: a headless service, a TCP load balancer. What is
 * known of one of them says nothing about the others, so a connection to another one is
 * closed and the pool opens a new one, until the pool leads to one server only. Costs
 * nothing where it does. Thread-safe.
 */
final class ServerIdentityCheck {

	private static final Log logger = LogFactory.getLog(RoutingDataSource.class);

	private static final String CANNOT_CONNECT = "08001";

	/** Of a round robin over so many servers one leads to the right one. */
	private static final int ATTEMPTS = 32;

	private final Set<DatabaseNode> warned = ConcurrentHashMap.newKeySet();

	/**
	 * Take a connection.
	 * @param pool the pool of the node
	 * @param node the node
	 * @param server the server that was looked at, {@code null} if any will do
	 * @return a connection to that server, or to one that does not tell which it is
	 * @throws SQLException if the pool has none, or only connections to other servers
	 */
	Connection take(DataSource pool, DatabaseNode node, @Nullable String server) throws SQLException {
		String other = "";
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			Connection connection = pool.getConnection();
			PhysicalConnection physical = (server != null) ? PhysicalConnection.below(connection) : null;
			String reached = (physical != null) ? physical.server() : null;
			if (physical == null || reached == null || reached.equals(server)) {
				return connection;
			}
			other = reached;
			discard(connection, physical);
			if (this.warned.add(node)) {
				logger.warn("The address of replica " + node + " leads to several servers: " + server
						+ " is the one that is watched, and " + reached
						+ " was reached. Reads run on the first alone. Name each server by an address of its own in "
						+ "read-replica-routing.replicas.");
			}
		}
		throw new SQLTransientConnectionException("The address of " + node + " leads to several servers: " + ATTEMPTS
				+ " connections led to others, such as " + other + ", and none to " + server
				+ ", which is watched. Name each server by an address of its own in read-replica-routing.replicas.",
				CANNOT_CONNECT);
	}

	private static void discard(Connection connection, PhysicalConnection physical) {
		physical.discard();
		try {
			connection.close();
		}
		catch (SQLException ex) {
			logger.trace("Its pool has heard that a connection is of no use", ex);
		}
	}

}
