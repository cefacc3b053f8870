package com.foobar.system;

import org.junit.jupiter.api.Test;
import org.testcontainers.junit.jupiter.EnabledIfDockerAvailable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The promises of {@link StackContract}, kept by {@code docker compose up}. Skipped where
 * there is no Docker engine; {@link LocalStackIT} then tests the same behaviour.
 */
@EnabledIfDockerAvailable
class ComposeStackIT extends StackContract {

	@Override
	RunningStack start() {
		return ComposeStack.up();
	}

	@Test
	void replicaWhoseVolumeWasWipedComesBackByItself() {
		String title = unique("cloned");
		long id = post(title).json().get("id").asLong();
		((ComposeStack) stack()).wipeReplica();
		soon().untilAsserted(() -> {
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

	private String errantTransactions() {
		String primary = stack().queryPrimary("SELECT REPLACE(@@global.gtid_executed, '\\n', '')").get(0);
		return stack()
			.queryReplica("SELECT GTID_SUBTRACT(REPLACE(@@global.gtid_executed, '\\n', ''), '" + primary + "')")
			.get(0);
	}

}
