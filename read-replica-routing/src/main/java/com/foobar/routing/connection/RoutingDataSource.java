package com.foobar.routing.connection;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;
import java.util.logging.Logger;

import javax.sql.DataSource;

import com.foobar.routing.Consistency;
import com.foobar.routing.DatabaseNode;
import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.RoutingListener;
import com.foobar.routing.Topology;
import com.foobar.routing.TopologyChanges;
import com.foobar.routing.consistency.CausalReads;
import com.foobar.routing.consistency.ExecutedGtids;
import com.foobar.routing.consistency.ThreadLocalCausality;
import com.foobar.routing.consistency.WaitLimit;
import com.foobar.routing.gtid.GtidSet;
import com.foobar.routing.physical.NodeFailureListener;
import com.foobar.routing.router.Intent;
import com.foobar.routing.router.ReplicaSelector;
import com.foobar.routing.router.RoundRobinSelector;
import com.foobar.routing.router.Selection;
import org.jspecify.annotations.Nullable;

/**
 * Sends read-only connections to replicas and all others to the primary. The choice is
 * made when a connection runs its first statement, once for each physical connection.
 * <p>
 * A connection is read-only when {@link Connection#setReadOnly} said so, as Spring does
 * for {@code @Transactional(readOnly = true)}. A replica that cannot be connected to is
 * skipped for the same borrow: nothing was sent yet, so nothing is lost.
 * <p>
 * Thread-safe. Does not own the pools: whoever made them closes them.
 */
public class RoutingDataSource implements DataSource {

	private static final ExecutedGtids NO_PROGRESS = new ExecutedGtids() {

		@Override
		public @Nullable GtidSet askPrimary(DatabaseNode node, Duration patience) {
			return null;
		}

		@Override
		public void tell(DatabaseNode node, @Nullable String server, GtidSet transactions) {
		}

	};

	private final DataSource primary;

	private final Topology topology;

	private final ConnectionAcquirer borrowing;

	private final boolean autoCommit;

	private final boolean replicasAreReadOnly;

	private final CausalReads reads;

	private final Supplier<Intent> readIntent;

	private final MetadataCache facts;

	/**
	 * Not private, nor is the class final: tracing libraries subclass what they watch.
	 */
	RoutingDataSource(Builder builder) {
		this.primary = builder.primary;
		this.topology = builder.topology;
		this.borrowing = new ConnectionAcquirer(builder);
		this.facts = new MetadataCache(builder.topology, this.borrowing);
		this.autoCommit = builder.autoCommit;
		this.replicasAreReadOnly = builder.replicasAreReadOnly;
		this.reads = builder.reads;
		this.reads.listenTo(this.topology);
		this.readIntent = builder.readIntent;
	}

	/**
	 * Start to describe a routing data source.
	 * @param topology what is known of the servers; names the nodes whose pools are added
	 * @param node the primary
	 * @param pool the pool of the primary
	 * @return a builder
	 */
	public static Builder builder(Topology topology, DatabaseNode node, DataSource pool) {
		return new Builder(topology, node, pool);
	}

	@Override
	public Connection getConnection() {
		return new LazyConnection(this, this.autoCommit);
	}

	/**
	 * Not supported: the accounts belong to the pools.
	 */
	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		throw new SQLFeatureNotSupportedException(
				"A connection for another account cannot be routed; give each pool its account instead");
	}

	Topology topology() {
		return this.topology;
	}

	ConnectionAcquirer borrowing() {
		return this.borrowing;
	}

	/** What a read-only connection of the current thread is for. */
	Intent readIntent() {
		return this.readIntent.get();
	}

	/** Whether the connections of the replicas' pools are read-only for good. */
	boolean replicasAreReadOnly() {
		return this.replicasAreReadOnly;
	}

	/**
	 * Note what a read-only transaction that just ended may have seen.
	 */
	void noteSeen(Connection connection, DatabaseNode node) throws SQLException {
		this.reads.noteSeen(connection, node);
	}

	/** What is the same for all connections. */
	MetadataCache facts() {
		return this.facts;
	}

	/**
	 * The primary's pool for {@code DataSource} itself, since those who ask for the root
	 * of a chain of data sources, to derive another one for migrations, want to write.
	 */
	@Override
	public <T> T unwrap(Class<T> type) throws SQLException {
		if (type != DataSource.class && type.isInstance(this)) {
			return type.cast(this);
		}
		if (type.isInstance(this.primary)) {
			return type.cast(this.primary);
		}
		return this.primary.unwrap(type);
	}

	/**
	 * Does not offer the interfaces of the primary's pool: those who look for pools by
	 * interface, such as pool metrics, would count the primary's twice.
	 */
	@Override
	public boolean isWrapperFor(Class<?> type) throws SQLException {
		if (type == DataSource.class || type.isInstance(this)) {
			return true;
		}
		return !type.isInterface() && (type.isInstance(this.primary) || this.primary.isWrapperFor(type));
	}

	@Override
	public @Nullable PrintWriter getLogWriter() throws SQLException {
		return this.primary.getLogWriter();
	}

	@Override
	public void setLogWriter(@Nullable PrintWriter out) throws SQLException {
		this.primary.setLogWriter(out);
	}

	@Override
	public void setLoginTimeout(int seconds) throws SQLException {
		this.primary.setLoginTimeout(seconds);
	}

	@Override
	public int getLoginTimeout() throws SQLException {
		return this.primary.getLoginTimeout();
	}

	@Override
	public Logger getParentLogger() {
		return Logger.getLogger(Logger.GLOBAL_LOGGER_NAME);
	}

	@Override
	public String toString() {
		return "RoutingDataSource" + this.borrowing;
	}

	/**
	 * Describes a {@link RoutingDataSource}.
	 */
	public static final class Builder {

		final Topology topology;

		final DataSource primary;

		final Map<String, DataSource> pools = new LinkedHashMap<>();

		final List<RoutingListener> listeners = new ArrayList<>();

		NodeFailureListener failureListener = (node, failure) -> {
		};

		boolean primaryServesReads = true;

		boolean autoCommit = true;

		ReplicaSelector selector = new RoundRobinSelector();

		PrimaryFallbackLimit spill = PrimaryFallbackLimit.unlimited();

		CausalReads reads = new CausalReads(new ThreadLocalCausality(Consistency.EVENTUAL), Duration.ZERO, NO_PROGRESS);

		WaitLimit waitLimit = WaitLimit.NONE;

		Supplier<Intent> readIntent = () -> Intent.READ_ONLY;

		boolean replicasAreReadOnly = true;

		Duration primaryWait = Duration.ZERO;

		@Nullable TopologyChanges changes;

		private Builder(Topology topology, DatabaseNode node, DataSource pool) {
			if (node.role() != Role.PRIMARY) {
				throw new IllegalArgumentException(node + " is a replica; expected the primary");
			}
			this.topology = topology;
			this.primary = pool;
			this.pools.put(node.name(), pool);
		}

		/**
		 * Add a replica.
		 * @param node the replica, as the topology names it
		 * @param pool its pool, whose connections are read-only unless
		 * {@link #rolesMayChange()} says otherwise
		 * @return this
		 */
		public Builder replica(DatabaseNode node, DataSource pool) {
			if (node.role() != Role.REPLICA) {
				throw new IllegalArgumentException(node + " is the primary; expected a replica");
			}
			if (this.pools.putIfAbsent(node.name(), pool) != null) {
				throw new IllegalArgumentException(node + " was added twice; expected one pool for each replica");
			}
			return this;
		}

		/**
		 * Whether read-only connections go to the primary when no replica is eligible; by
		 * default they do, otherwise they fail.
		 * @param primaryServesReads whether they do
		 * @return this
		 */
		public Builder primaryServesReads(boolean primaryServesReads) {
			this.primaryServesReads = primaryServesReads;
			return this;
		}

		/**
		 * The mode a new connection reports, which is the mode of the primary's pool; by
		 * default on, as JDBC demands.
		 * @param autoCommit whether auto-commit is on
		 * @return this
		 */
		public Builder autoCommit(boolean autoCommit) {
			this.autoCommit = autoCommit;
			return this;
		}

		/**
		 * Add listeners of decisions.
		 * @param listeners the listeners
		 * @return this
		 */
		public Builder listeners(List<RoutingListener> listeners) {
			this.listeners.addAll(listeners);
			return this;
		}

		/**
		 * Who hears that a node could not be connected to; by default nobody.
		 * @param failureListener the listener
		 * @return this
		 */
		public Builder failureListener(NodeFailureListener failureListener) {
			this.failureListener = failureListener;
			return this;
		}

		/**
		 * How one of several eligible replicas is chosen; by default in turn.
		 * @param selection the way to choose
		 * @param weights the weights of the replicas, 1 or more, for the weighted way
		 * @param connectionsInUse the load of a replica, for the way that looks at it;
		 * must return at once
		 * @return this
		 */
		public Builder selection(Selection selection, Map<DatabaseNode, Integer> weights,
				ToIntFunction<DatabaseNode> connectionsInUse) {
			this.selector = ReplicaSelector.of(selection, weights, connectionsInUse);
			return this;
		}

		/**
		 * How many read-only connections may be on the primary at a time, because no
		 * replica may serve them; by default any number.
		 * @param spill the cap
		 * @return this
		 */
		public Builder spill(PrimaryFallbackLimit spill) {
			this.spill = spill;
			return this;
		}

		/**
		 * What reads are guaranteed to see; by default nothing.
		 * @param causality what the work at hand depends on
		 * @param patience how long a read may wait for a replica, a positive duration
		 * @param progress knows what the servers have executed
		 * @return this
		 */
		public Builder consistency(ThreadLocalCausality causality, Duration patience, ExecutedGtids progress) {
			this.reads = new CausalReads(causality, patience, progress);
			return this;
		}

		/**
		 * What a read-only connection is for, asked on its thread before the first
		 * statement; by default reading alone, so that a replica serves it.
		 * @param readIntent tells the intent; must return at once
		 * @return this
		 */
		public Builder readIntent(Supplier<Intent> readIntent) {
			this.readIntent = readIntent;
			return this;
		}

		/**
		 * How many reads may wait for a replica at a time; by default any number.
		 * @param waitLimit the limit
		 * @return this
		 */
		public Builder waitLimit(WaitLimit waitLimit) {
			this.waitLimit = waitLimit;
			return this;
		}

		/**
		 * Declare that any node may become the primary, so that the connections of no
		 * pool are read-only for good; by default the nodes keep their roles.
		 * @return this
		 */
		public Builder rolesMayChange() {
			this.replicasAreReadOnly = false;
			return this;
		}

		/**
		 * How long a write that has not started waits for a primary; by default not at
		 * all.
		 * @param primaryWait how long at most
		 * @param changes tells when it is worth looking again
		 * @return this
		 */
		public Builder primaryWait(Duration primaryWait, TopologyChanges changes) {
			this.primaryWait = primaryWait;
			this.changes = changes;
			return this;
		}

		/**
		 * Make the data source. Opens nothing.
		 * @return the data source
		 */
		public RoutingDataSource build() {
			return new RoutingDataSource(this);
		}

	}

}
