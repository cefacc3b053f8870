package com.foobar.routing.compat;

import java.util.Objects;
import java.util.UUID;

import com.foobar.routing.RoutingDecision;
import com.foobar.routing.RoutingDecision.Reason;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Transactions of each kind, also nested, with one transaction manager.
 */
abstract class TransactionContract extends Compatibility {

	private Transactions transactions = new Transactions();

	private JdbcTemplate jdbc = new JdbcTemplate();

	/** Properties that choose the transaction manager. */
	abstract String[] technology();

	private void start() {
		start(Application.class, technology());
		this.transactions = bean(Transactions.class);
		this.jdbc = bean(JdbcTemplate.class);
	}

	private int server() {
		return server(this.jdbc);
	}

	private int server(TransactionTemplate template) {
		Integer server = template.execute((status) -> server());
		return Objects.requireNonNull(server);
	}

	@Test
	void jdbcTemplateAndJdbcClientFollowTheTransaction() {
		start();
		JdbcClient client = bean(JdbcClient.class);
		assertThat(this.transactions.reading(() -> client.sql("SELECT @@server_id").query(Integer.class).single()))
			.isEqualTo(REPLICA);
		assertThat(this.transactions.writing(() -> client.sql("SELECT @@server_id").query(Integer.class).single()))
			.isEqualTo(PRIMARY);
		assertThat(client.sql("SELECT @@server_id").query(Integer.class).single()).isEqualTo(PRIMARY);
		assertThat(this.transactions.reading(this::server)).isEqualTo(REPLICA);
		assertThat(decisions()).extracting(RoutingDecision::reason)
			.containsExactly(Reason.READ_ONLY, Reason.READ_WRITE, Reason.AUTO_COMMIT, Reason.READ_ONLY);
	}

	@Test
	void transactionTemplateFollowsItsReadOnlyFlag() {
		start();
		TransactionTemplate template = new TransactionTemplate(bean(PlatformTransactionManager.class));
		assertThat(server(template)).isEqualTo(PRIMARY);
		template.setReadOnly(true);
		assertThat(server(template)).isEqualTo(REPLICA);
		template.setReadOnly(false);
		template.executeWithoutResult((status) -> {
			insert(this.jdbc, "rolled back");
			status.setRollbackOnly();
		});
		assertThat(count(this.jdbc, "rolled back")).isZero();
	}

	@Test
	void newWriteTransactionInsideAReadRunsOnThePrimaryAndTheReadStaysOnItsReplica() {
		start();
		assertThat(this.transactions.reading(() -> {
			assertThat(server()).isEqualTo(REPLICA);
			assertThat(this.transactions.writingAnew(() -> {
				insert(this.jdbc, "anew");
				return server();
			})).isEqualTo(PRIMARY);
			return server();
		})).isEqualTo(REPLICA);
		assertThat(this.transactions.reading(() -> count(this.jdbc, "anew"))).as("one's own write").isPositive();
	}

	@Test
	void newReadTransactionInsideAWriteRunsOnAReplicaAndSeesCommittedRowsOnly() {
		start();
		String uncommitted = UUID.randomUUID().toString();
		assertThat(this.transactions.writing(() -> {
			insert(this.jdbc, uncommitted);
			assertThat(this.transactions.readingAnew(this::server)).isEqualTo(REPLICA);
			assertThat(this.transactions.readingAnew(() -> count(this.jdbc, uncommitted))).isZero();
			return server();
		})).isEqualTo(PRIMARY);
	}

	@Test
	void readInsideAWriteJoinsItAndSeesUncommittedRows() {
		start();
		assertThat(this.transactions.writing(() -> {
			int before = count(this.jdbc, "joined");
			insert(this.jdbc, "joined");
			assertThat(this.transactions.reading(this::server)).isEqualTo(PRIMARY);
			return this.transactions.reading(() -> count(this.jdbc, "joined")) - before;
		})).isEqualTo(1);
	}

	@Test
	void writeInsideAReadJoinsItAndIsRejected() {
		start();
		assertThatThrownBy(() -> this.transactions
			.reading(() -> this.transactions.writing(() -> insert(this.jdbc, "in a read-only transaction"))))
			.isInstanceOf(DataAccessException.class)
			.hasMessageContaining("read-only");
		assertThat(count(this.jdbc, "in a read-only transaction")).isZero();
		assertThat(this.transactions.writing(this::server)).as("the next one").isEqualTo(PRIMARY);
	}

	@Test
	void notSupportedRunsOutsideTheTransaction() {
		start();
		assertThat(this.transactions.reading(() -> {
			assertThat(this.transactions.outside(this::server)).isEqualTo(PRIMARY);
			return server();
		})).isEqualTo(REPLICA);
	}

	@Test
	void readOnlyWithoutATransactionHasNoEffect() {
		start();
		assertThat(this.transactions.readingIfAny(this::server)).isEqualTo(PRIMARY);
		assertThat(this.transactions.reading(() -> this.transactions.readingIfAny(this::server))).isEqualTo(REPLICA);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Transactions transactions() {
			return new Transactions();
		}

	}

}
