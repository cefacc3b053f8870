package com.foobar.gateway.backend;

/**
 * Notified of added and removed backends, on the thread that made the change. The change
 * is already visible in the snapshot.
 */
public interface BackendsListener {

	/** A backend was discovered. */
	default void added(Backend backend) {
	}

	/** A backend was removed and gets no further request. */
	default void removed(Backend backend) {
	}

}
