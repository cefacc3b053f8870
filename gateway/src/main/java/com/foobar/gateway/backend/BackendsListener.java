package com.foobar.gateway.backend;

/**
 * Hears which backends come and go. Called on the thread that made the change, with the
 * change already visible in the snapshot.
 */
public interface BackendsListener {

	/**
	 * A backend was found.
	 * @param backend the new backend
	 */
	default void added(Backend backend) {
	}

	/**
	 * A backend is gone and is sent no further request.
	 * @param backend the former backend
	 */
	default void removed(Backend backend) {
	}

}
