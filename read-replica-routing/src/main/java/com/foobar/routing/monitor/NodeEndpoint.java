package com.foobar.routing.monitor;

import java.util.Properties;

import com.foobar.routing.DatabaseNode;
import org.jspecify.annotations.Nullable;

/**
 * Where the monitor finds a server.
 *
 * @param node the server
 * @param url JDBC URL
 * @param username account that may ask for the replication state
 * @param password its password
 * @param properties what the pool tells the driver besides, such as how to encrypt
 */
public record NodeEndpoint(DatabaseNode node, String url, @Nullable String username, @Nullable String password,
		Properties properties) {

	@Override
	public String toString() {
		return this.node.toString();
	}

}
