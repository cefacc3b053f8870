package com.foobar.routing.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import javax.sql.DataSource;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.RoutingDecision;
import com.foobar.routing.physical.PhysicalConnection;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Borrows connections from the pools of the nodes. A pool belongs to the server, whatever
 * its role is at the moment.
 * <p>
 * The address of a replica may lead to several servers: a headless service, a TCP load
 * balancer. What is known of the probed server says nothing about the others, so a
 * connection to another one is closed and the pool opens a new one, until the pool leads
 * to the probed server only. Costs nothing where it does. Thread-safe.
 */
final class NodePools {

	private static final Log logger = LogFactory.getLog(NodePools.class);

	private static final String CANNOT_CONNECT = "08001";

	/** One in so many servers behind a round robin is the right one. */
	private static final int ATTEMPTS = 32;

	private final Map<String, DataSource> pools;

	private final Set<DatabaseNode> warned = ConcurrentHashMap.newKeySet();

	/**
	 * Create the pools.
	 * @param pools the pools by the name of their node
	 */
	NodePools(Map<String, DataSource> pools) {
		this.pools = Map.copyOf(pools);
	}

	/**
	 * Borrow a connection to any server that the node's address leads to.
	 * @param node the node
	 * @return the connection
	 * @throws SQLException if the pool has none
	 */
	Connection borrow(DatabaseNode node) throws SQLException {
		return pool(node).getConnection();
	}

	/**
	 * Lease a connection to the probed server.
	 * @param decision the node, and why it was selected
	 * @param server identity of the probed server, {@code null} if any server will do
	 * @param fallbackLimit where a fallback to the primary holds a permit
	 * @return a connection to that server, or to one that does not report its identity
	 * @throws SQLException if the pool has none, or only connections to other servers
	 */
	Lease lease(RoutingDecision decision, @Nullable String server, PrimaryFallbackLimit fallbackLimit)
			throws SQLException {
		DatabaseNode node = decision.node();
		String other = "";
		for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
			Connection connection = borrow(node);
			PhysicalConnection physical = PhysicalConnection.below(connection);
			String reached = (physical != null) ? physical.server() : null;
			if (physical == null || server == null || reached == null || reached.equals(server)) {
				return new Lease(connection, physical, decision, fallbackLimit);
			}
			other = reached;
			discard(connection, physical);
			if (this.warned.add(node)) {
				logger.warn("The address of replica " + node + " leads to several servers: " + server
						+ " is the probed one, and " + reached
						+ " was reached. Reads run on the first alone. Give each server an address of its own in "
						+ "read-replica-routing.replicas.");
			}
		}
		throw new SQLTransientConnectionException("The address of " + node + " leads to several servers: " + ATTEMPTS
				+ " connections led to others, such as " + other + ", and none to the probed one, " + server
				+ ". Give each server an address of its own in read-replica-routing.replicas.", CANNOT_CONNECT);
	}

	private DataSource pool(DatabaseNode node) {
		return Objects.requireNonNull(this.pools.get(node.name()),
				() -> "No pool was given for " + node + ", which the topology names");
	}

	private static void discard(Connection connection, PhysicalConnection physical) {
		physical.discard();
		try {
			connection.close();
		}
		catch (SQLException ex) {
			logger.trace("The pool has evicted a connection to another server", ex);
		}
	}

	@Override
	public String toString() {
		return this.pools.keySet().toString();
	}

}
