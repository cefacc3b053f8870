package com.foobar.routing.monitor;

import java.util.Properties;

import com.foobar.routing.DatabaseNode;
import org.jspecify.annotations.Nullable;

/**
 * How the monitor connects to a server.
 *
 * @param node the server
 * @param url JDBC URL
 * @param username account that may read the replication state
 * @param password its password
 * @param properties further driver properties of the pool, such as those for encryption
 */
public record NodeEndpoint(DatabaseNode node, String url, @Nullable String username, @Nullable String password,
		Properties properties) {

	@Override
	public String toString() {
		return this.node.toString();
	}

}
