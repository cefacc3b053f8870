package com.foobar.routing.connection;

import java.util.List;

import com.foobar.routing.RoutingDecision;
import com.foobar.routing.RoutingListener;
import com.foobar.routing.physical.NodeFailureListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/**
 * The listeners of acquired connections and of failures to acquire one. Thread-safe.
 *
 * @param routing listeners of decisions
 * @param failure the listener of failures
 */
record ConnectionListeners(List<RoutingListener> routing, NodeFailureListener failure) {

	private static final Log logger = LogFactory.getLog(ConnectionListeners.class);

	void onRouted(RoutingDecision decision) {
		for (RoutingListener listener : this.routing) {
			try {
				listener.onRouted(decision);
			}
			catch (RuntimeException ex) {
				logger.warn("A routing listener failed; the statement goes on: " + listener, ex);
			}
		}
	}

}
