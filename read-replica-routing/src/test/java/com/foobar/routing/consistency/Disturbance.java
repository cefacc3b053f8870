package com.foobar.routing.consistency;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import com.foobar.routing.servers.ReplicaServer;
import com.foobar.routing.servers.ReplicatedServers;

/**
 * What is done to the servers while clients work. The first kinds only make replicas lag,
 * so that no read may fail; the others take a server away.
 */
enum Disturbance {

	HICCUP(false) {
		@Override
		void begin(ReplicatedServers servers, List<ReplicaServer> replicas) {
			replicas.forEach(ReplicaServer::stopApplier);
		}

		@Override
		void end(ReplicatedServers servers, List<ReplicaServer> replicas) {
			replicas.forEach(ReplicaServer::startApplier);
		}
	},

	DELAY(false) {
		@Override
		void begin(ReplicatedServers servers, List<ReplicaServer> replicas) {
			replicas.forEach((replica) -> replica.delay(Duration.ofSeconds(1)));
		}

		@Override
		void end(ReplicatedServers servers, List<ReplicaServer> replicas) {
			replicas.forEach((replica) -> replica.delay(Duration.ZERO));
		}
	},

	STOPPED_REPLICATION(false) {
		@Override
		void begin(ReplicatedServers servers, List<ReplicaServer> replicas) {
			replicas.forEach(ReplicaServer::stopReplication);
		}

		@Override
		void end(ReplicatedServers servers, List<ReplicaServer> replicas) {
			replicas.forEach(ReplicaServer::startReplication);
		}
	},

	HANGING_REPLICA(true) {
		@Override
		void begin(ReplicatedServers servers, List<ReplicaServer> replicas) {
			replicas.forEach(ReplicaServer::pause);
		}

		@Override
		void end(ReplicatedServers servers, List<ReplicaServer> replicas) {
			replicas.forEach(ReplicaServer::resume);
		}
	},

	RESTARTED_REPLICA(true) {
		@Override
		void begin(ReplicatedServers servers, List<ReplicaServer> replicas) {
			replicas.forEach(ReplicaServer::stop);
		}

		@Override
		void end(ReplicatedServers servers, List<ReplicaServer> replicas) {
			replicas.forEach(ReplicaServer::start);
		}
	},

	RESTARTED_PRIMARY(true) {
		@Override
		void begin(ReplicatedServers servers, List<ReplicaServer> replicas) {
			servers.stopPrimary();
		}

		@Override
		void end(ReplicatedServers servers, List<ReplicaServer> replicas) {
			servers.startPrimary();
		}
	},

	/**
	 * The first replica becomes the primary, and the former primary, which takes no more
	 * writes, hears of none before it becomes a replica; then all the way back.
	 */
	FAILOVER(true) {
		@Override
		void begin(ReplicatedServers servers, List<ReplicaServer> replicas) {
			String first = servers.primaryUrl();
			String second = servers.replicaUrl();
			servers.makeReadOnly(first);
			servers.awaitCaughtUp(second, first);
			servers.promote(second);
			others(servers).forEach((other) -> servers.follow(other.url(), second));
		}

		@Override
		void end(ReplicatedServers servers, List<ReplicaServer> replicas) {
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

		private List<ReplicaServer> others(ReplicatedServers servers) {
			return servers.replicas().stream().skip(1).toList();
		}
	};

	/** Those that need a topology in which the servers may change their roles. */
	static final Set<Disturbance> OF_ROLES = EnumSet.of(FAILOVER);

	private final boolean severe;

	Disturbance(boolean severe) {
		this.severe = severe;
	}

	/** Whether connections break, so that what they run may fail. */
	boolean isSevere() {
		return this.severe;
	}

	abstract void begin(ReplicatedServers servers, List<ReplicaServer> replicas);

	abstract void end(ReplicatedServers servers, List<ReplicaServer> replicas);

}
