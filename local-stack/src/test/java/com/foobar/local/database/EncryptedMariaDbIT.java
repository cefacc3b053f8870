package com.foobar.local.database;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

import com.foobar.local.secrets.Secrets;
import com.foobar.local.secrets.SecretsRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The servers with the certificates that {@link Secrets} makes.
 */
class EncryptedMariaDbIT {

	@Test
	void replicatesAndServesOverTlsWithVerifiedCertificatesOnly(@TempDir Path secrets) throws SQLException {
		try (ReplicatedMariaDb database = ReplicatedMariaDb.builder().tls(certificates(secrets)).start()) {
			for (MariaDbNode node : Stream.concat(Stream.of(database.primary()), database.replicas().stream())
				.toList()) {
				assertThat(node.jdbcUrl()).contains("sslMode=VERIFY_IDENTITY");
				try (Connection connection = node.connect(Account.APP);
						Statement statement = connection.createStatement();
						ResultSet status = statement.executeQuery("SHOW SESSION STATUS LIKE 'Ssl_version'")) {
					assertThat(status.next()).isTrue();
					assertThat(status.getString(2)).isEqualTo("TLSv1.3");
				}
			}
			assertThat(database.replica(0).replication().isRunning()).isTrue();
			String plain = "jdbc:mysql://127.0.0.1:" + database.primary().port() + "/foobar?sslMode=DISABLED";
			assertThatExceptionOfType(SQLException.class)
				.isThrownBy(() -> DriverManager
					.getConnection(plain, Account.APP.username(), database.credentials().password(Account.APP))
					.close())
				.withMessageContaining("secure transport");
		}
	}

	/**
	 * The name is used in URLs, an option file and a statement, each of which escapes
	 * other characters.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "R&D", "C# 100% a+b o'neil", "a;b,c ${x} $(x) Süd" })
	void runsInADirectoryOfAnyName(String name, @TempDir Path temporary) throws SQLException {
		Path directory = temporary.resolve(name);
		try (ReplicatedMariaDb database = ReplicatedMariaDb.builder()
			.directory(directory)
			.tls(certificates(directory.resolve("secrets")))
			.start(); Connection connection = database.replica(0).connect(Account.APP)) {
			assertThat(connection.isValid(1)).isTrue();
		}
	}

	private static List<ServerTls> certificates(Path secrets) {
		List<String> names = List.of("mariadb-primary", "mariadb-replica-1");
		Secrets.ensure(new SecretsRequest(secrets, names, "/run/secrets", List.of()), Clock.systemUTC());
		Path trust = secrets.resolve("web-app/authority.p12");
		return names.stream()
			.map(secrets::resolve)
			.map((node) -> new ServerTls(node.resolve("ca.pem"), node.resolve("server-cert.pem"),
					node.resolve("server-key.pem"), trust))
			.toList();
	}

}
