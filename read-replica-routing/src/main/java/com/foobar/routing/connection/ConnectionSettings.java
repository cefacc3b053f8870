package com.foobar.routing.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

/**
 * What an application has set on a connection, which holds for each one that is borrowed
 * in its place; {@code null} for what it has not set. For one thread.
 */
final class ConnectionSettings {

	@Nullable Integer isolation;

	@Nullable Integer holdability;

	@Nullable String catalog;

	@Nullable String schema;

	@Nullable NetworkTimeout networkTimeout;

	private @Nullable Properties clientInfo;

	void applyTo(Connection connection) throws SQLException {
		if (this.catalog != null) {
			connection.setCatalog(this.catalog);
		}
		if (this.schema != null) {
			connection.setSchema(this.schema);
		}
		if (this.holdability != null) {
			connection.setHoldability(this.holdability);
		}
		if (this.networkTimeout != null) {
			connection.setNetworkTimeout(this.networkTimeout.executor, this.networkTimeout.milliseconds);
		}
		if (this.clientInfo != null) {
			connection.setClientInfo(this.clientInfo);
		}
		if (this.isolation != null && this.isolation != connection.getTransactionIsolation()) {
			connection.setTransactionIsolation(this.isolation);
		}
	}

	void clientInfo(String name, @Nullable String value) {
		Properties properties = clientInfo();
		if (value != null) {
			properties.setProperty(name, value);
		}
		else {
			properties.remove(name);
		}
		this.clientInfo = properties;
	}

	void clientInfo(Properties properties) {
		this.clientInfo = new Properties();
		this.clientInfo.putAll(properties);
	}

	/** A copy, empty if nothing was set. */
	Properties clientInfo() {
		Properties copy = new Properties();
		if (this.clientInfo != null) {
			copy.putAll(this.clientInfo);
		}
		return copy;
	}

	/**
	 * How long the driver waits for the server.
	 *
	 * @param executor runs what ends the connection
	 * @param milliseconds zero for no limit
	 */
	record NetworkTimeout(Executor executor, int milliseconds) {

	}

}
