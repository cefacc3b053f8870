package com.foobar.routing;

/**
 * Is notified of each decision. Every bean of this type is called, on the thread that
 * runs the statement, after the connection was obtained and before the statement is sent.
 * Implementations must be thread-safe, must not block and must not use the database; an
 * exception is logged and does not reach the statement.
 */
@FunctionalInterface
public interface RoutingListener {

	/**
	 * Called once for each connection that runs at least one statement.
	 * @param decision the node and the reason
	 */
	void onRouted(RoutingDecision decision);

}
