package com.foobar.routing.compat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Session state changed by SQL behaves as with a plain pool whose driver has its
 * defaults, for later statements and for the next use of the connection.
 */
abstract class SessionContract extends Compatibility {

	private static final String LEVEL = "SELECT @@transaction_isolation";

	private static final String ROWS = "SELECT COUNT(*) FROM memo WHERE text = 'session'";

	@Test
	void changesBySqlBehaveAsWithAPlainPool() throws SQLException {
		start(Application.class, WITHOUT_JPA, "spring.datasource.hikari.maximum-pool-size=1");
		servers().onPrimary("CREATE DATABASE IF NOT EXISTS elsewhere",
				"GRANT SELECT ON elsewhere.* TO '" + servers().username() + "'@'%'");
		Map<String, Scenario> scenarios = scenarios();
		Map<String, String> plain = new LinkedHashMap<>();
		Map<String, String> routed = new LinkedHashMap<>();
		for (Map.Entry<String, Scenario> scenario : scenarios.entrySet()) {
			try (HikariDataSource pool = plainPool()) {
				plain.put(scenario.getKey(), play(scenario.getValue(), pool));
			}
			HikariDataSource below = bean(HikariDataSource.class);
			if (below.isRunning()) {
				below.getHikariPoolMXBean().softEvictConnections();
			}
			routed.put(scenario.getKey(), play(scenario.getValue(), bean(DataSource.class)));
		}
		assertThat(routed).isEqualTo(plain);
		assertThat(plain).as("what a plain pool does")
			.containsEntry("catalog set after USE", "foobar")
			.containsEntry("level set after SET SESSION TRANSACTION", "REPEATABLE-READ")
			.containsEntry("rollback after the mode was left on", "0")
			.containsEntry("mode switched on again by method", "1");
	}

	private static Map<String, Scenario> scenarios() {
		Map<String, Scenario> scenarios = new LinkedHashMap<>();
		scenarios.put("catalog set after USE", (pool) -> {
			withConnection(pool, (connection) -> execute(connection, "USE elsewhere"));
			return query(pool, (connection) -> connection.setCatalog("foobar"), "SELECT DATABASE()");
		});
		scenarios.put("no catalog set after USE", (pool) -> {
			withConnection(pool, (connection) -> execute(connection, "USE elsewhere"));
			return query(pool, (connection) -> {
			}, "SELECT DATABASE()");
		});
		scenarios.put("level set after SET SESSION TRANSACTION", (pool) -> {
			withConnection(pool, SessionContract::serializable);
			return query(pool,
					(connection) -> connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ), LEVEL);
		});
		scenarios.put("level wanted, as Spring sets it, after SET SESSION TRANSACTION", (pool) -> {
			withConnection(pool, SessionContract::serializable);
			return query(pool, (connection) -> {
				if (connection.getTransactionIsolation() != Connection.TRANSACTION_REPEATABLE_READ) {
					connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
				}
			}, LEVEL);
		});
		scenarios.put("no level wanted after SET SESSION TRANSACTION", (pool) -> {
			withConnection(pool, SessionContract::serializable);
			return query(pool, (connection) -> {
			}, LEVEL);
		});
		scenarios.put("level requested within the same connection", (pool) -> {
			int[] level = new int[1];
			withConnection(pool, (connection) -> {
				serializable(connection);
				level[0] = connection.getTransactionIsolation();
			});
			return String.valueOf(level[0]);
		});
		scenarios.put("rollback after the mode was left on", (pool) -> {
			withConnection(pool, (connection) -> {
				connection.setAutoCommit(false);
				execute(connection, "SET autocommit=1");
				connection.commit();
			});
			withConnection(pool, (connection) -> {
				connection.setAutoCommit(false);
				insert(connection);
				connection.rollback();
			});
			return query(pool, (connection) -> {
			}, ROWS);
		});
		scenarios.put("own transaction in a mode left on", (pool) -> {
			withConnection(pool, (connection) -> {
				connection.setAutoCommit(false);
				execute(connection, "SET autocommit=1");
				execute(connection, "START TRANSACTION");
				insert(connection);
				connection.rollback();
			});
			return query(pool, (connection) -> {
			}, ROWS);
		});
		scenarios.put("rollback by SQL in a mode switched off by SQL", (pool) -> {
			withConnection(pool, (connection) -> {
				execute(connection, "SET autocommit=0");
				insert(connection);
				execute(connection, "ROLLBACK");
				execute(connection, "SET autocommit=1");
			});
			return query(pool, (connection) -> {
			}, ROWS);
		});
		scenarios.put("mode switched on again by method", (pool) -> {
			withConnection(pool, (connection) -> {
				execute(connection, "SET autocommit=0");
				insert(connection);
				connection.setAutoCommit(true);
				execute(connection, "ROLLBACK");
			});
			return query(pool, (connection) -> {
			}, ROWS);
		});
		scenarios.put("transaction after a mode switched off by SQL", (pool) -> {
			withConnection(pool, (connection) -> execute(connection, "SET autocommit=0"));
			withConnection(pool, (connection) -> {
				connection.setAutoCommit(false);
				insert(connection);
				connection.commit();
			});
			withConnection(pool, (connection) -> {
				insert(connection);
				execute(connection, "ROLLBACK");
			});
			return query(pool, (connection) -> {
			}, ROWS);
		});
		scenarios.put("access mode set after SET SESSION TRANSACTION", (pool) -> {
			withConnection(pool, (connection) -> execute(connection, "SET SESSION TRANSACTION READ ONLY"));
			withConnection(pool, (connection) -> {
				connection.setReadOnly(false);
				insert(connection);
			});
			return query(pool, (connection) -> {
			}, ROWS);
		});
		scenarios.put("time zone and modes", (pool) -> {
			withConnection(pool, (connection) -> execute(connection, "SET time_zone='+05:00', sql_mode='ANSI_QUOTES'"));
			return query(pool, (connection) -> {
			}, "SELECT CONCAT(@@time_zone, @@sql_mode)");
		});
		return scenarios;
	}

	private String play(Scenario scenario, DataSource pool) throws SQLException {
		servers().onPrimary("DELETE FROM foobar.memo WHERE text = 'session'");
		return scenario.play(pool);
	}

	private static void serializable(Connection connection) throws SQLException {
		execute(connection, "SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE");
	}

	private static void insert(Connection connection) throws SQLException {
		execute(connection, "INSERT INTO memo (text) VALUES ('session')");
	}

	private static void execute(Connection connection, String sql) throws SQLException {
		try (Statement statement = connection.createStatement()) {
			statement.execute(sql);
		}
	}

	private static void withConnection(DataSource pool, Use use) throws SQLException {
		try (Connection connection = pool.getConnection()) {
			use.use(connection);
		}
	}

	private static String query(DataSource pool, Use before, String sql) throws SQLException {
		try (Connection connection = pool.getConnection()) {
			before.use(connection);
			try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(sql)) {
				row.next();
				return String.valueOf(row.getString(1));
			}
		}
	}

	private HikariDataSource plainPool() {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(servers().primaryUrl());
		pool.setUsername(servers().username());
		pool.setPassword(servers().password());
		pool.setMaximumPoolSize(1);
		return pool;
	}

	private interface Scenario {

		String play(DataSource pool) throws SQLException;

	}

	private interface Use {

		void use(Connection connection) throws SQLException;

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
