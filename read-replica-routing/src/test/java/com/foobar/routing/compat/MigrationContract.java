package com.foobar.routing.compat;

import com.foobar.routing.DatabaseNode.Role;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Flyway and Liquibase, which must read the current schema from the primary.
 */
abstract class MigrationContract extends Compatibility {

	private static final String ACCOUNT = "migrator";

	private static final String PASSWORD = "migrates";

	@Test
	void flywayMigratesThePrimaryWhileReplicationIsStopped() {
		migrateTwiceWhileReplicationIsStopped("flyway_memo", "spring.flyway.enabled=true",
				"spring.flyway.locations=classpath:compat/flyway", "spring.flyway.baseline-on-migrate=true",
				"spring.flyway.baseline-version=0", "spring.flyway.table=flyway_compat");
	}

	@Test
	void flywayMigratesThePrimaryWithAnAccountOfItsOwn() {
		migrateTwiceWhileReplicationIsStopped("flyway_memo", "spring.datasource.username=" + servers().username(),
				"spring.datasource.password=" + servers().password(), "spring.flyway.user=" + ACCOUNT,
				"spring.flyway.password=" + PASSWORD, "spring.flyway.enabled=true",
				"spring.flyway.locations=classpath:compat/flyway", "spring.flyway.baseline-on-migrate=true",
				"spring.flyway.baseline-version=0", "spring.flyway.table=flyway_compat");
	}

	@Test
	void liquibaseMigratesThePrimaryWhileReplicationIsStopped() {
		migrateTwiceWhileReplicationIsStopped("liquibase_memo", "spring.liquibase.enabled=true",
				"spring.liquibase.change-log=classpath:compat/liquibase/changes.sql");
	}

	/**
	 * The second start reads the history that the first one wrote, which no replica has.
	 */
	private void migrateTwiceWhileReplicationIsStopped(String table, String... migration) {
		servers().onPrimary("CREATE USER IF NOT EXISTS " + ACCOUNT + "@'%' IDENTIFIED BY '" + PASSWORD + "'",
				"GRANT ALL ON foobar.* TO " + ACCOUNT + "@'%'", "DROP TABLE IF EXISTS foobar." + table,
				"DROP TABLE IF EXISTS foobar.flyway_compat", "DROP TABLE IF EXISTS foobar.DATABASECHANGELOG");
		servers().awaitCaughtUp();
		servers().stopReplication();
		try {
			String[] properties = new String[migration.length + 3];
			properties[0] = WITHOUT_JPA;
			properties[1] = "spring.datasource.username=" + ACCOUNT;
			properties[2] = "spring.datasource.password=" + PASSWORD;
			System.arraycopy(migration, 0, properties, 3, migration.length);
			run(WebApplicationType.NONE, Application.class, properties).close();
			run(WebApplicationType.NONE, Application.class, properties);
			assertThat(decisions())
				.allSatisfy((decision) -> assertThat(decision.node().role()).isEqualTo(Role.PRIMARY));
			assertThat(bean(JdbcTemplate.class).queryForObject("SELECT COUNT(*) FROM " + table, Integer.class))
				.as("rows of a migration that ran once")
				.isEqualTo(1);
		}
		finally {
			servers().startReplication();
		}
		servers().awaitCaughtUp();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}
