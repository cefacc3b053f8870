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
 * What is done to the servers while clients work. The first kinds only make replicas lag,
 * so that no read may fail; the others take a server away.
 */
enum Disturbance {

	HICCUP(false, ReplicaServer::stopApplier, ReplicaServer::startApplier),

	DELAY(false, (replica) -> replica.delay(Duration.ofSeconds(1)), (replica) -> replica.delay(Duration.ZERO)),

	STOPPED_REPLICATION(false, ReplicaServer::stopReplication, ReplicaServer::startReplication),

	HANGING_REPLICA(true, ReplicaServer::pause, ReplicaServer::resume),

	RESTARTED_REPLICA(true, ReplicaServer::stop, ReplicaServer::start),

	RESTARTED_PRIMARY(ReplicatedServers::stopPrimary, ReplicatedServers::startPrimary),

	/**
	 * The first replica becomes the primary, and the former primary, which takes no more
	 * writes, hears of none before it becomes a replica; then all the way back.
	 */
	FAILOVER(Disturbance::promoteReplica, Disturbance::promoteFormerPrimary);

	/** Those that need a topology in which the servers may change their roles. */
	static final Set<Disturbance> OF_ROLES = EnumSet.of(FAILOVER);

	private final boolean severe;

	@SuppressWarnings("ImmutableEnumChecker") // A function without state.
	private final BiConsumer<ReplicatedServers, List<ReplicaServer>> begin;

	@SuppressWarnings("ImmutableEnumChecker") // A function without state.
	private final BiConsumer<ReplicatedServers, List<ReplicaServer>> end;

	/** Of replicas. */
	Disturbance(boolean severe, Consumer<ReplicaServer> begin, Consumer<ReplicaServer> end) {
		this.severe = severe;
		this.begin = (servers, replicas) -> replicas.forEach(begin);
		this.end = (servers, replicas) -> replicas.forEach(end);
	}

	/** Of the primary: severe. */
	Disturbance(Consumer<ReplicatedServers> begin, Consumer<ReplicatedServers> end) {
		this.severe = true;
		this.begin = (servers, replicas) -> begin.accept(servers);
		this.end = (servers, replicas) -> end.accept(servers);
	}

	/** Whether connections break, so that what they run may fail. */
	boolean isSevere() {
		return this.severe;
	}

	void begin(ReplicatedServers servers, List<ReplicaServer> replicas) {
		this.begin.accept(servers, replicas);
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
