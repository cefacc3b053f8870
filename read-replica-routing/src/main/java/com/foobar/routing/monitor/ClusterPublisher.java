package com.foobar.routing.monitor;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BooleanSupplier;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.ReplicaControl;
import com.foobar.routing.TopologySnapshot;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * Changes the state of the servers, one change at a time, and publishes a snapshot of
 * each: to readers, to the log, and to those who listen for lost servers. Thread-safe.
 */
final class ClusterPublisher implements ReplicaControl {

	private static final Log logger = LogFactory.getLog(TopologyMonitor.class);

	private final Cluster cluster;

	private final SnapshotHolder holder;

	private final Executor notifier;

	private final List<NodeLossListener> lossListeners = new CopyOnWriteArrayList<>();

	/**
	 * Create a publisher.
	 * @param cluster the state, guarded by its monitor
	 * @param holder where snapshots are published
	 * @param notifier runs the listeners, since closing a server's connections may take
	 * time
	 */
	ClusterPublisher(Cluster cluster, SnapshotHolder holder, Executor notifier) {
		this.cluster = cluster;
		this.holder = holder;
		this.notifier = notifier;
	}

	/**
	 * Change the state, and publish it if the change says so.
	 * @param change runs with the lock of the state
	 * @return what the change returned: whether it is published
	 */
	boolean update(BooleanSupplier change) {
		synchronized (this.cluster) {
			boolean changed = change.getAsBoolean();
			if (changed) {
				publish();
			}
			return changed;
		}
	}

	private void publish() {
		TopologySnapshot now = this.cluster.snapshot();
		TopologySnapshot before = this.holder.replace(now);
		List<DatabaseNode> lost = ClusterLog.lost(before, now);
		if (!lost.isEmpty()) {
			try {
				this.notifier.execute(() -> lost.forEach(this::notifyLost));
			}
			catch (RejectedExecutionException ex) {
				logger.trace("The application is stopping and closes its pools anyway", ex);
			}
		}
		// Last, since a line that cannot be written must not keep a loss from its
		// listeners.
		ClusterLog.logChanges(before, now);
	}

	private void notifyLost(DatabaseNode node) {
		for (NodeLossListener listener : this.lossListeners) {
			try {
				listener.onLost(node);
			}
			catch (Throwable ex) {
				Failures.log(logger, "Listener " + listener + " failed to handle the loss of " + node, ex);
			}
		}
	}

	void addLossListener(NodeLossListener listener) {
		this.lossListeners.add(listener);
	}

	@Override
	public void drain(String name) {
		setDrained(name, true);
	}

	@Override
	public void undrain(String name) {
		setDrained(name, false);
	}

	private void setDrained(String name, boolean drained) {
		update(() -> {
			this.cluster.replica(name).drained = drained;
			return true;
		});
	}

}
