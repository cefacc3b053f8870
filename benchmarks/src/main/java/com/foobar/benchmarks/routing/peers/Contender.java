package com.foobar.benchmarks.routing.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * A way to split reads from writes, or not to, as its documentation recommends.
 */
enum Contender {

	STOCK("Spring Boot as it comes, one database"),

	TUNED("the same, tuned") {
		@Override
		List<String> properties(Servers servers) {
			return tuned(servers);
		}
	},

	LAZY_PROXY("Spring lazy proxy with read-only DataSource") {
		@Override
		DataSource dataSource(Servers servers) {
			return lazyProxy(servers, false, Connection.TRANSACTION_REPEATABLE_READ);
		}
	},

	TUNED_LAZY_PROXY("the same, both pools tuned") {
		@Override
		DataSource dataSource(Servers servers) {
			return lazyProxy(servers, true, Connection.TRANSACTION_REPEATABLE_READ);
		}

		@Override
		List<String> properties(Servers servers) {
			return tuned(servers);
		}
	},

	TUNED_LAZY_PROXY_READ_COMMITTED("the same, at READ COMMITTED") {
		@Override
		DataSource dataSource(Servers servers) {
			return lazyProxy(servers, true, Connection.TRANSACTION_READ_COMMITTED);
		}

		@Override
		List<String> properties(Servers servers) {
			return tuned(servers);
		}
	},

	ROUTING_RECIPE("AbstractRoutingDataSource recipe") {
		@Override
		DataSource dataSource(Servers servers) {
			DataSource primary = pool(servers, servers.primaryUrl(), false, false);
			AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {
				@Override
				protected Object determineCurrentLookupKey() {
					return TransactionSynchronizationManager.isCurrentTransactionReadOnly();
				}
			};
			routing
				.setTargetDataSources(Map.of(false, primary, true, pool(servers, servers.replicaUrl(), false, false)));
			routing.setDefaultTargetDataSource(primary);
			routing.afterPropertiesSet();
			return new LazyConnectionDataSourceProxy(routing);
		}
	},

	CONNECTOR_J("Connector/J `replication:`") {
		@Override
		DataSource dataSource(Servers servers) {
			return pool(servers, "jdbc:mysql:replication://" + servers.primaryAddress() + "," + servers.replicaAddress()
					+ "/foobar" + query(servers), false, false);
		}
	},

	AWS_WRAPPER("AWS wrapper, simple splitting") {
		@Override
		DataSource dataSource(Servers servers) {
			HikariConfig pool = config(servers, servers.primaryUrl().replace("jdbc:mysql:", "jdbc:aws-wrapper:mysql:"),
					false, false);
			pool.setDriverClassName("software.amazon.jdbc.Driver");
			pool.addDataSourceProperty("wrapperPlugins", "srw");
			pool.addDataSourceProperty("srwWriteEndpoint", servers.primaryAddress());
			pool.addDataSourceProperty("srwReadEndpoint", servers.replicaAddress());
			pool.addDataSourceProperty("verifyNewSrwConnections", "false");
			pool.addDataSourceProperty("wrapperDialect", servers.awsDialect());
			return new HikariDataSource(pool);
		}
	},

	SHARDING_SPHERE("ShardingSphere-JDBC, default") {
		@Override
		DataSource dataSource(Servers servers) {
			return shardingSphere(servers, "DYNAMIC");
		}
	},

	SHARDING_SPHERE_PRIMARY("ShardingSphere-JDBC, PRIMARY") {
		@Override
		DataSource dataSource(Servers servers) {
			return shardingSphere(servers, "PRIMARY");
		}
	},

	READ_REPLICA_ROUTING("**read-replica-routing**") {
		@Override
		List<String> properties(Servers servers) {
			return routed(servers);
		}
	},

	EVENTUAL("**read-replica-routing**, `consistency=eventual`") {
		@Override
		List<String> properties(Servers servers) {
			return with(routed(servers), "read-replica-routing.consistency=eventual");
		}
	},

	READ_COMMITTED("**read-replica-routing**, at READ COMMITTED") {
		@Override
		List<String> properties(Servers servers) {
			return with(routed(servers), "spring.datasource.hikari.transaction-isolation=TRANSACTION_READ_COMMITTED");
		}
	};

	/** Connections of a pool, as many as threads. */
	static final int POOL_SIZE = 16;

	private static final String TUNING = "readOnlyPropagatesToServer=false&useLocalSessionState=true";

	private final String title;

	Contender(String title) {
		this.title = title;
	}

	String title() {
		return this.title;
	}

	/** Of the application. */
	List<String> properties(Servers servers) {
		return List.of("spring.datasource.url=" + servers.primaryUrl());
	}

	/** One of its own; otherwise Spring Boot makes it. */
	@Nullable DataSource dataSource(Servers servers) {
		return null;
	}

	private static List<String> tuned(Servers servers) {
		return List.of("spring.datasource.url=" + and(servers.primaryUrl(), TUNING),
				"spring.datasource.hikari.auto-commit=false",
				"spring.jpa.properties.hibernate.connection.provider_disables_autocommit=true");
	}

	private static List<String> routed(Servers servers) {
		return List.of("spring.datasource.url=" + servers.primaryUrl(),
				"read-replica-routing.replicas[0].url=" + servers.replicaUrl(),
				"read-replica-routing.monitor.username=" + servers.monitorUsername(),
				"read-replica-routing.monitor.password=" + servers.monitorPassword());
	}

	private static List<String> with(List<String> properties, String more) {
		List<String> all = new ArrayList<>(properties);
		all.add(more);
		return all;
	}

	private static DataSource lazyProxy(Servers servers, boolean tuned, int isolation) {
		HikariConfig primary = config(servers, servers.primaryUrl(), tuned, false);
		HikariConfig replica = config(servers, servers.replicaUrl(), tuned, true);
		if (isolation != Connection.TRANSACTION_REPEATABLE_READ) {
			primary.setTransactionIsolation(String.valueOf(isolation));
			replica.setTransactionIsolation(String.valueOf(isolation));
		}
		LazyConnectionDataSourceProxy proxy = new LazyConnectionDataSourceProxy(new HikariDataSource(primary));
		proxy.setReadOnlyDataSource(new HikariDataSource(replica));
		proxy.setDefaultAutoCommit(!tuned);
		proxy.setDefaultTransactionIsolation(isolation);
		return proxy;
	}

	private static DataSource shardingSphere(Servers servers, String strategy) {
		try {
			Path yaml = Files.createTempFile("shardingsphere", ".yaml");
			Files.writeString(yaml, String.format(Locale.ROOT, """
					dataSources:
					  primary: {dataSourceClassName: com.zaxxer.hikari.HikariDataSource, \
					driverClassName: com.mysql.cj.jdbc.Driver, jdbcUrl: "%s", username: "%s", password: "%s", \
					maximumPoolSize: %d}
					  replica: {dataSourceClassName: com.zaxxer.hikari.HikariDataSource, \
					driverClassName: com.mysql.cj.jdbc.Driver, jdbcUrl: "%s", username: "%s", password: "%s", \
					maximumPoolSize: %d}
					rules:
					- !SINGLE
					  tables: ["*.*"]
					- !READWRITE_SPLITTING
					  dataSourceGroups:
					    main: {writeDataSourceName: primary, readDataSourceNames: [replica], \
					transactionalReadQueryStrategy: %s, loadBalancerName: turns}
					  loadBalancers:
					    turns: {type: ROUND_ROBIN}
					""", servers.primaryUrl(), servers.username(), servers.password(), POOL_SIZE, servers.replicaUrl(),
					servers.username(), servers.password(), POOL_SIZE, strategy));
			yaml.toFile().deleteOnExit();
			HikariConfig pool = new HikariConfig();
			pool.setDriverClassName("org.apache.shardingsphere.driver.ShardingSphereDriver");
			pool.setJdbcUrl("jdbc:shardingsphere:absolutepath:" + yaml);
			pool.setMaximumPoolSize(POOL_SIZE);
			return new HikariDataSource(pool);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static DataSource pool(Servers servers, String url, boolean tuned, boolean readOnly) {
		return new HikariDataSource(config(servers, url, tuned, readOnly));
	}

	private static HikariConfig config(Servers servers, String url, boolean tuned, boolean readOnly) {
		HikariConfig config = new HikariConfig();
		config.setJdbcUrl(tuned ? and(url, TUNING) : url);
		config.setUsername(servers.username());
		config.setPassword(servers.password());
		config.setMaximumPoolSize(POOL_SIZE);
		config.setAutoCommit(!tuned);
		config.setReadOnly(readOnly && tuned);
		return config;
	}

	private static String and(String url, String parameters) {
		return url + (url.contains("?") ? "&" : "?") + parameters;
	}

	private static String query(Servers servers) {
		String url = servers.primaryUrl();
		return url.contains("?") ? url.substring(url.indexOf('?')) : "";
	}

}
