package com.foobar.routing.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToIntFunction;

import javax.sql.DataSource;

import com.foobar.routing.Consistency;
import com.foobar.routing.DatabaseNode;
import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.RoutingListener;
import com.foobar.routing.Topology;
import com.foobar.routing.consistency.CausalReads;
import com.foobar.routing.consistency.ExecutedGtids;
import com.foobar.routing.consistency.ThreadLocalCausality;
import com.foobar.routing.consistency.WaitLimit;
import com.foobar.routing.physical.NodeFailureListener;
import com.foobar.routing.router.Intent;
import com.foobar.routing.router.ReplicaSelector;
import com.foobar.routing.router.RoundRobinSelector;
import com.foobar.routing.router.Router;
import com.foobar.routing.router.Selection;

/**
 * Builds a {@link RoutingDataSource}. Not thread-safe.
 */
public final class RoutingDataSourceBuilder {

	private final Topology topology;

	private final DataSource primary;

	private final Map<String, DataSource> pools = new LinkedHashMap<>();

	private final List<RoutingListener> listeners = new ArrayList<>();

	private NodeFailureListener failureListener = (node, failure) -> {
	};

	private boolean primaryServesReads = true;

	private boolean autoCommit = true;

	private ReplicaSelector selector = new RoundRobinSelector();

	private PrimaryFallbackLimit primaryFallbackLimit = PrimaryFallbackLimit.unlimited();

	private CausalReads reads = new CausalReads(new ThreadLocalCausality(Consistency.EVENTUAL), Duration.ZERO,
			ExecutedGtids.UNKNOWN);

	private WaitLimit waitLimit = WaitLimit.NONE;

	private Supplier<Intent> readIntent = () -> Intent.READ_ONLY;

	private boolean rolesMayChange;

	private Duration primaryWait = Duration.ZERO;

	private RoutingDataSourceBuilder(Topology topology, DatabaseNode node, DataSource pool) {
		if (node.role() != Role.PRIMARY) {
			throw new IllegalArgumentException(node + " is a replica; expected the primary");
		}
		this.topology = topology;
		this.primary = pool;
		this.pools.put(node.name(), pool);
	}

	/**
	 * Create a builder.
	 * @param topology the state of the servers; names the nodes whose pools are added
	 * @param node the primary
	 * @param pool the pool of the primary
	 * @return the builder
	 */
	public static RoutingDataSourceBuilder create(Topology topology, DatabaseNode node, DataSource pool) {
		return new RoutingDataSourceBuilder(topology, node, pool);
	}

	/**
	 * Add a replica.
	 * @param node the replica, as the topology names it
	 * @param pool its pool, whose connections are read-only unless
	 * {@link #rolesMayChange()} was called
	 * @return this
	 */
	public RoutingDataSourceBuilder replica(DatabaseNode node, DataSource pool) {
		if (node.role() != Role.REPLICA) {
			throw new IllegalArgumentException(node + " is the primary; expected a replica");
		}
		if (this.pools.putIfAbsent(node.name(), pool) != null) {
			throw new IllegalArgumentException(node + " was added twice; expected one pool for each replica");
		}
		return this;
	}

	/**
	 * Set whether read-only connections go to the primary when no replica is eligible.
	 * Otherwise they fail.
	 * @param primaryServesReads whether they do, by default {@code true}
	 * @return this
	 */
	public RoutingDataSourceBuilder primaryServesReads(boolean primaryServesReads) {
		this.primaryServesReads = primaryServesReads;
		return this;
	}

	/**
	 * Set the mode of a new connection, which is the mode of the primary's pool.
	 * @param autoCommit whether auto-commit is on, by default {@code true}
	 * @return this
	 */
	public RoutingDataSourceBuilder autoCommit(boolean autoCommit) {
		this.autoCommit = autoCommit;
		return this;
	}

	/**
	 * Add listeners of decisions.
	 * @param listeners the listeners
	 * @return this
	 */
	public RoutingDataSourceBuilder listeners(List<RoutingListener> listeners) {
		this.listeners.addAll(listeners);
		return this;
	}

	/**
	 * Set the listener of connections that could not be opened.
	 * @param failureListener the listener, by default none
	 * @return this
	 */
	public RoutingDataSourceBuilder failureListener(NodeFailureListener failureListener) {
		this.failureListener = failureListener;
		return this;
	}

	/**
	 * Set the algorithm that selects one of several eligible replicas.
	 * @param selection the algorithm, by default round robin
	 * @param weights the weights of the replicas, 1 or more, for weighted round robin
	 * @param connectionsInUse the load of a replica, for least connections; must not
	 * block
	 * @return this
	 */
	public RoutingDataSourceBuilder selection(Selection selection, Map<DatabaseNode, Integer> weights,
			ToIntFunction<DatabaseNode> connectionsInUse) {
		this.selector = selection.selector(weights, connectionsInUse);
		return this;
	}

	/**
	 * Set how many read-only connections may fall back to the primary at a time.
	 * @param primaryFallbackLimit the limit, by default none
	 * @return this
	 */
	public RoutingDataSourceBuilder primaryFallbackLimit(PrimaryFallbackLimit primaryFallbackLimit) {
		this.primaryFallbackLimit = primaryFallbackLimit;
		return this;
	}

	/**
	 * Set what reads are guaranteed to see, by default nothing.
	 * @param causality tracks what the current work depends on
	 * @param timeout how long a read may wait for a replica, a positive duration
	 * @param executed what the servers have executed
	 * @return this
	 */
	public RoutingDataSourceBuilder consistency(ThreadLocalCausality causality, Duration timeout,
			ExecutedGtids executed) {
		this.reads = new CausalReads(causality, timeout, executed);
		return this;
	}

	/**
	 * Set what a read-only connection is for. Called on its thread before the first
	 * statement.
	 * @param readIntent returns the intent, by default {@link Intent#READ_ONLY}; must not
	 * block
	 * @return this
	 */
	public RoutingDataSourceBuilder readIntent(Supplier<Intent> readIntent) {
		this.readIntent = readIntent;
		return this;
	}

	/**
	 * Set how many reads may wait for a replica at a time.
	 * @param waitLimit the limit, by default none
	 * @return this
	 */
	public RoutingDataSourceBuilder waitLimit(WaitLimit waitLimit) {
		this.waitLimit = waitLimit;
		return this;
	}

	/**
	 * Declare that any node may become the primary, so that no pool's connections are
	 * always read-only. By default the nodes keep their roles.
	 * @return this
	 */
	public RoutingDataSourceBuilder rolesMayChange() {
		this.rolesMayChange = true;
		return this;
	}

	/**
	 * Set how long a write that has not started waits for a primary.
	 * @param primaryWait the timeout, by default zero
	 * @return this
	 */
	public RoutingDataSourceBuilder primaryWait(Duration primaryWait) {
		this.primaryWait = primaryWait;
		return this;
	}

	/**
	 * Build the data source. Opens nothing.
	 * @return the data source
	 */
	public RoutingDataSource build() {
		this.reads.listenTo(this.topology);
		ConnectionAcquirer acquirer = new ConnectionAcquirer(this.topology,
				new Router(this.selector, this.primaryServesReads), new NodePools(this.pools), this.reads,
				this.readIntent,
				new ConnectionAcquirer.Limits(this.primaryFallbackLimit, this.waitLimit, this.primaryWait),
				new ConnectionListeners(List.copyOf(this.listeners), this.failureListener), this.rolesMayChange);
		return new RoutingDataSource(this.primary, acquirer, this.autoCommit);
	}

}
