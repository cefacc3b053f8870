package com.foobar.routing;

/**
 * Hears where each connection went. Every bean of this type is called, on the thread that
 * runs the statement, after the connection was obtained and before the statement is sent.
 * Implementations must be thread-safe, must return at once and must not use the database;
 * an exception they throw is logged and does not reach the statement.
 */
@FunctionalInterface
public interface RoutingListener {

	/**
	 * Called once for each connection that runs at least one statement.
	 * @param decision the node and the reason
	 */
	void onRouted(RoutingDecision decision);

}
