package com.foobar.system;

import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.EnabledIfDockerAvailable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tests of {@link StackContract} with {@code docker compose up}. Skipped where there
 * is no Docker engine; {@link LocalStackIT} then tests the same behaviour.
 */
@EnabledIfDockerAvailable
class ComposeStackIT extends StackContract {

	@Override
	RunningStack start() {
		return ComposeStack.up();
	}

	@Test
	void replicaRecoversWhenItsVolumeIsWiped() {
		String title = unique("cloned");
		long id = post(title).json().get("id").asLong();
		((ComposeStack) stack()).wipeReplica();
		eventually().untilAsserted(() -> {
			assertThat(stack().queryReplica("SELECT title FROM foobar.notices WHERE id = " + id))
				.containsExactly(title);
			assertThat(site().get("/api/notices/" + id).route().nodes()).containsExactly(stack().replica());
		});
		assertThat(errantTransactions()).isEmpty();
	}

	@Test
	void replicaHasNoTransactionThatThePrimaryDoesNotHave() {
		assertThat(errantTransactions()).isEmpty();
	}

	@Test
	void replicationRunsOverTlsWithAVerifiedCertificate() {
		assertThat(stack().queryReplica("""
				SELECT CONCAT(SSL_ALLOWED, ' ', SSL_VERIFY_SERVER_CERTIFICATE)
				FROM performance_schema.replication_connection_configuration""")).containsExactly("YES YES");
	}

	@Test
	void readTakesASelectAndWriteAnInsertAndACommit() {
		int requests = 50;
		long id = post(unique("counted")).json().get("id").asLong();
		ComposeStack compose = (ComposeStack) stack();
		eventually().untilAsserted(
				() -> assertThat(site().get("/api/notices/" + id).route().nodes()).containsExactly(stack().replica()));
		// A pool that opens a connection meanwhile sends statements of its own: then the
		// round is repeated.
		eventually().untilAsserted(() -> {
			compose.resetStatementCounters();
			for (int i = 0; i < requests; i++) {
				site().get("/api/notices/" + id);
			}
			assertThat(stack().queryReplica(STATEMENTS)).containsExactly("select " + requests);
			assertThat(stack().queryPrimary(STATEMENTS)).isEmpty();
		});
		eventually().untilAsserted(() -> {
			compose.resetStatementCounters();
			for (int i = 0; i < requests; i++) {
				post(unique("counted"));
			}
			assertThat(stack().queryReplica(STATEMENTS)).isEmpty();
			assertThat(stack().queryPrimary(STATEMENTS)).containsExactly("commit " + requests, "insert " + requests);
		});
	}

	/**
	 * The statements of the application, without the pool's pings.
	 */
	private static final String STATEMENTS = """
			SELECT CONCAT(SUBSTRING_INDEX(event_name, '/', -1), ' ', SUM(count_star))
			FROM performance_schema.events_statements_summary_by_thread_by_event_name
			JOIN performance_schema.threads USING (thread_id)
			WHERE processlist_user = 'foobar_app' AND count_star > 0 AND event_name NOT LIKE '%/Ping'
			  AND connection_type IS NOT NULL
			GROUP BY event_name ORDER BY event_name""";

	private String errantTransactions() {
		String primary = stack().queryPrimary("SELECT REPLACE(@@global.gtid_executed, '\\n', '')").get(0);
		return stack()
			.queryReplica("SELECT GTID_SUBTRACT(REPLACE(@@global.gtid_executed, '\\n', ''), '" + primary + "')")
			.get(0);
	}

}
