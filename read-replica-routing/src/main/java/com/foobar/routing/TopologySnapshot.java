package com.foobar.routing;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import com.foobar.routing.gtid.GtidSet;
import org.jspecify.annotations.Nullable;

/**
 * The state of all servers at one moment. Immutable.
 *
 * @param primary the server that takes writes
 * @param replicas the servers that take reads, in the order of the configuration
 * @param primaryGtids what the primary has reported last about its GTIDs, {@code null} if
 * nothing yet
 */
public record TopologySnapshot(NodeState primary, List<NodeState> replicas, @Nullable PrimaryGtids primaryGtids) {

	public TopologySnapshot {
		Objects.requireNonNull(primary, "primary");
		replicas = List.copyOf(replicas);
	}

	/**
	 * Create a snapshot in which the primary has not reported its GTIDs.
	 * @param primary the server that takes writes
	 * @param replicas the servers that take reads, in the order of the configuration
	 */
	public TopologySnapshot(NodeState primary, List<NodeState> replicas) {
		this(primary, replicas, null);
	}

	/**
	 * Return what every server has executed, as far as the servers have reported it.
	 * Computed on each call.
	 * @return the common GTIDs
	 */
	public GtidSet executedByAll() {
		GtidSet held = this.primary.executed();
		for (NodeState replica : this.replicas) {
			held = replica.executed().isEmpty() ? held : held.upTo(replica.executed());
		}
		return held;
	}

	/**
	 * Return a copy with another state of one server.
	 * @param state the state, of the role that the server has here
	 * @return the snapshot
	 */
	public TopologySnapshot with(NodeState state) {
		String name = state.node().name();
		if (this.primary.node().name().equals(name)) {
			return new TopologySnapshot(state, this.replicas, this.primaryGtids);
		}
		return new TopologySnapshot(this.primary,
				this.replicas.stream().map((replica) -> replica.node().name().equals(name) ? state : replica).toList(),
				this.primaryGtids);
	}

	/**
	 * Return whether a read can be served: by an eligible replica, or by the primary.
	 * @return whether a read-only transaction has somewhere to go
	 */
	public boolean canRead() {
		return this.primary.isReachable() || hasEligibleReplica();
	}

	/**
	 * Return whether a write can be served: the primary responds and accepts writes.
	 * @return whether a transaction that writes has somewhere to go
	 */
	public boolean canWrite() {
		return this.primary.isEligible();
	}

	/**
	 * Find a server by its name, which it keeps when its role changes.
	 * @param name the name
	 * @return its state, empty if there is no such server
	 */
	public Optional<NodeState> find(String name) {
		if (this.primary.node().name().equals(name)) {
			return Optional.of(this.primary);
		}
		return this.replicas.stream().filter((replica) -> replica.node().name().equals(name)).findFirst();
	}

	/**
	 * Return whether at least one replica may serve reads.
	 * @return whether a replica is eligible
	 */
	public boolean hasEligibleReplica() {
		for (NodeState replica : this.replicas) {
			if (replica.isEligible()) {
				return true;
			}
		}
		return false;
	}

}
