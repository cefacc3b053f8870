package com.foobar.routing.consistency;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import com.foobar.routing.servers.ReplicaServer;
import com.foobar.routing.servers.ReplicatedServers;

/**
 * A disturbance of the servers under load. The first kinds make replicas lag, so that no
 * read may fail; the others make a server unavailable.
 */
enum Disturbance {

	HICCUP(false, ReplicaServer::stopApplier, ReplicaServer::startApplier),

	DELAY(false, (replica) -> replica.delay(Duration.ofSeconds(1)), (replica) -> replica.delay(Duration.ZERO)),

	STOPPED_REPLICATION(false, ReplicaServer::stopReplication, ReplicaServer::startReplication),

	HANGING_REPLICA(true, ReplicaServer::pause, ReplicaServer::resume),

	RESTARTED_REPLICA(true, ReplicaServer::stop, ReplicaServer::start),

	RESTARTED_PRIMARY(ReplicatedServers::stopPrimary, ReplicatedServers::startPrimary),

	/**
	 * The first replica is promoted. The former primary is read-only and receives no
	 * transactions before it becomes a replica. Then the roles are reversed.
	 */
	FAILOVER(Disturbance::promoteReplica, Disturbance::promoteFormerPrimary);

	/** Those that need primary discovery. */
	static final Set<Disturbance> OF_ROLES = EnumSet.of(FAILOVER);

	private final boolean severe;

	@SuppressWarnings("ImmutableEnumChecker") // A function without state.
	private final BiConsumer<ReplicatedServers, List<ReplicaServer>> start;

	@SuppressWarnings("ImmutableEnumChecker") // A function without state.
	private final BiConsumer<ReplicatedServers, List<ReplicaServer>> end;

	/** A disturbance of replicas. */
	Disturbance(boolean severe, Consumer<ReplicaServer> start, Consumer<ReplicaServer> end) {
		this.severe = severe;
		this.start = (servers, replicas) -> replicas.forEach(start);
		this.end = (servers, replicas) -> replicas.forEach(end);
	}

	/** A disturbance of the primary, which is severe. */
	Disturbance(Consumer<ReplicatedServers> start, Consumer<ReplicatedServers> end) {
		this.severe = true;
		this.start = (servers, replicas) -> start.accept(servers);
		this.end = (servers, replicas) -> end.accept(servers);
	}

	/** Whether connections break, so that operations may fail. */
	boolean isSevere() {
		return this.severe;
	}

	void start(ReplicatedServers servers, List<ReplicaServer> replicas) {
		this.start.accept(servers, replicas);
	}

	void end(ReplicatedServers servers, List<ReplicaServer> replicas) {
		this.end.accept(servers, replicas);
	}

	private static void promoteReplica(ReplicatedServers servers) {
		String first = servers.primaryUrl();
		String second = servers.replicaUrl();
		servers.makeReadOnly(first);
		servers.awaitCaughtUp(second, first);
		servers.promote(second);
		others(servers).forEach((other) -> servers.follow(other.url(), second));
	}

	private static void promoteFormerPrimary(ReplicatedServers servers) {
		String first = servers.primaryUrl();
		String second = servers.replicaUrl();
		servers.follow(first, second);
		servers.makeReadOnly(second);
		servers.awaitCaughtUp(first, second);
		servers.promote(first);
		servers.follow(second, first);
		others(servers).forEach((other) -> servers.follow(other.url(), first));
		servers.replicas().forEach((replica) -> servers.awaitCaughtUp(replica.url(), first));
	}

	private static List<ReplicaServer> others(ReplicatedServers servers) {
		return servers.replicas().stream().skip(1).toList();
	}

}
