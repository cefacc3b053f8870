package com.foobar.routing;

import java.time.Duration;
import java.util.List;

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
	};

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
