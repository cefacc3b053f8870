package com.foobar.routing.monitor;

import com.foobar.routing.DatabaseNode;
import org.jspecify.annotations.Nullable;

/**
 * Where the monitor finds a server.
 *
 * @param node the server
 * @param url JDBC URL
 * @param username account that may ask for the replication state
 * @param password its password
 */
public record NodeEndpoint(DatabaseNode node, String url, @Nullable String username, @Nullable String password) {

	@Override
	public String toString() {
		return this.node.toString();
	}

}
