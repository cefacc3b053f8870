package com.foobar.routing.autoconfigure;

import java.util.Properties;

import javax.sql.DataSource;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.monitor.NodeEndpoint;
import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/**
 * The application's own pool, with its address and account.
 *
 * @param node the primary
 * @param dataSource the bean, including its proxies
 * @param hikari the pool itself if it is a HikariCP pool
 * @param url JDBC URL
 * @param username account
 * @param password its password
 */
record PrimaryPool(DatabaseNode node, DataSource dataSource, @Nullable HikariDataSource hikari, String url,
		@Nullable String username, @Nullable String password) {

	static PrimaryPool of(DataSource dataSource, @Nullable String name, @Nullable JdbcConnectionDetails details,
			DataSourceProperties properties) {
		HikariDataSource hikari = DataSourceUnwrapper.unwrap(dataSource, HikariConfigMXBean.class,
				HikariDataSource.class);
		if (hikari != null && hikari.getJdbcUrl() != null) {
			return of(dataSource, hikari, name, hikari.getJdbcUrl(), hikari.getUsername(), hikari.getPassword());
		}
		if (details != null) {
			return of(dataSource, hikari, name, details.getJdbcUrl(), details.getUsername(), details.getPassword());
		}
		if (properties.getUrl() != null) {
			return of(dataSource, hikari, name, properties.getUrl(), properties.getUsername(),
					properties.getPassword());
		}
		throw new InvalidRoutingConfigurationException(
				"The JDBC URL of the primary is unknown: the DataSource is a " + dataSource.getClass().getName()
						+ " that does not expose it, and spring.datasource.url is not set; expected one of the two.",
				"Set spring.datasource.url, username and password as well; the monitor needs them to probe the primary.");
	}

	private static PrimaryPool of(DataSource dataSource, @Nullable HikariDataSource hikari, @Nullable String name,
			String url, @Nullable String username, @Nullable String password) {
		String nodeName = (name != null) ? name : NodeName.of(url, "primary");
		return new PrimaryPool(new DatabaseNode(nodeName, Role.PRIMARY), dataSource, hikari, url, username, password);
	}

	NodeEndpoint endpoint(ReadReplicaRoutingProperties.Monitor monitor) {
		return new NodeEndpoint(this.node, this.url, (monitor.username() != null) ? monitor.username() : this.username,
				(monitor.username() != null) ? monitor.password() : this.password, driverProperties());
	}

	/** The driver properties of the pool in addition to the URL. */
	Properties driverProperties() {
		return (this.hikari != null) ? this.hikari.getDataSourceProperties() : new Properties();
	}

	/** The auto-commit mode that the application expects of its connections. */
	boolean autoCommit() {
		return this.hikari == null || this.hikari.isAutoCommit();
	}

}
