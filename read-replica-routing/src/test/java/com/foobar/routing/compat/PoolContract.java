package com.foobar.routing.compat;

import java.util.Objects;

import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Where the pools get their settings from.
 */
abstract class PoolContract extends Compatibility {

	@Test
	void settingsOfThePrimaryHoldForAllPoolsAndReplicasOverrideThem() {
		start(Application.class, WITHOUT_JPA,
				"spring.datasource.hikari.connection-init-sql=SET @pool='of the primary'");
		assertThat(pool(true)).as("inherited").isEqualTo("of the primary");
		assertThat(pool(false)).isEqualTo("of the primary");
		Objects.requireNonNull(this.context).close();
		start(Application.class, WITHOUT_JPA, "spring.datasource.hikari.connection-init-sql=SET @pool='of the primary'",
				"read-replica-routing.replicas[0].hikari.connection-init-sql=SET @pool='of the replica'");
		assertThat(pool(true)).as("overridden").isEqualTo("of the replica");
		assertThat(pool(false)).isEqualTo("of the primary");
	}

	@Test
	void poolWithoutAutoCommitIsRoutedToo() {
		start(Application.class, WITHOUT_JPA, "spring.datasource.hikari.auto-commit=false");
		Transactions transactions = bean(Transactions.class);
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		assertThat(transactions.reading(() -> server(jdbc))).isEqualTo(REPLICA);
		assertThat(transactions.writing(() -> server(jdbc))).isEqualTo(PRIMARY);
		assertThat(transactions.reading(() -> server(jdbc))).isEqualTo(REPLICA);
	}

	@Test
	void primaryComesFromConnectionDetailsWhenNoUrlIsSet() {
		this.context = null;
		run(WebApplicationType.NONE, ConnectionDetailsApplication.class, WITHOUT_JPA, "spring.datasource.url=",
				"spring.datasource.username=", "spring.datasource.password=", "test.url=" + servers().primaryUrl(),
				"test.username=" + servers().username(), "test.password=" + servers().password());
		Transactions transactions = bean(Transactions.class);
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		await(() -> transactions.reading(() -> server(jdbc)) == REPLICA);
		assertThat(transactions.writing(() -> server(jdbc))).isEqualTo(PRIMARY);
		assertThat(bean(HikariDataSource.class).getJdbcUrl()).isEqualTo(servers().primaryUrl());
	}

	private String pool(boolean readOnly) {
		Transactions transactions = bean(Transactions.class);
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		String[] name = new String[1];
		int server = readOnly ? transactions.reading(() -> ask(jdbc, name))
				: transactions.writing(() -> ask(jdbc, name));
		assertThat(server).isEqualTo(readOnly ? REPLICA : PRIMARY);
		return name[0];
	}

	private static int ask(JdbcTemplate jdbc, String[] name) {
		name[0] = jdbc.queryForObject("SELECT @pool", String.class);
		return server(jdbc);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Transactions transactions() {
			return new Transactions();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Application.class)
	static class ConnectionDetailsApplication {

		@Bean
		JdbcConnectionDetails connectionDetails(org.springframework.core.env.Environment environment) {
			return new JdbcConnectionDetails() {

				@Override
				public String getJdbcUrl() {
					return environment.getRequiredProperty("test.url");
				}

				@Override
				public String getUsername() {
					return environment.getRequiredProperty("test.username");
				}

				@Override
				public String getPassword() {
					return environment.getRequiredProperty("test.password");
				}

			};
		}

	}

}
