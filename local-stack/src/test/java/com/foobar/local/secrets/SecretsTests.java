package com.foobar.local.secrets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import com.foobar.local.process.StackException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class SecretsTests {

	private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

	@TempDir
	@SuppressWarnings("NullAway.Init")
	Path directory;

	@Test
	void givesEachConsumerItsFiles() throws IOException {
		ensure(NOW);
		String[] node = { "app-password", "ca.pem", "migration-password", "monitor-password", "monitor.cnf",
				"replication-password", "root-password", "server-cert.pem", "server-key.pem" };
		assertThat(files("mysql-primary")).containsExactly(node);
		assertThat(files("mysql-replica-1")).containsExactly(node);
		assertThat(files("web-app")).containsExactly("authority.p12", "foobar.administrator.password",
				"foobar.session.keys", "read-replica-routing.monitor.password", "spring.datasource.password",
				"spring.flyway.password");
		assertThat(Base64.getUrlDecoder().decode(read("web-app/foobar.session.keys"))).hasSize(32);
		assertThat(files("gateway")).containsExactly("admin-password", "ca.crt", "tls.crt", "tls.key");
		assertThat(files("authority")).containsExactly(".lock", "ca.crt", "ca.key");
	}

	@Test
	void secondRunChangesNothing() throws IOException {
		assertThat(ensure(NOW)).isNotEmpty();
		Map<Path, FileTime> before = times();
		assertThat(ensure(NOW.plus(Duration.ofDays(1)))).isEmpty();
		assertThat(times()).isEqualTo(before);
	}

	@Test
	void consumersOfAnAccountShareItsPassword() throws IOException {
		ensure(NOW);
		assertThat(read("web-app/spring.datasource.password")).isEqualTo(read("mysql-primary/app-password"))
			.isEqualTo(read("mysql-replica-1/app-password"))
			.matches("[A-Za-z0-9_-]{32}");
		assertThat(read("web-app/spring.flyway.password")).isEqualTo(read("mysql-primary/migration-password"));
		assertThat(read("mysql-primary/monitor.cnf"))
			.contains("password=" + read("web-app/read-replica-routing.monitor.password"))
			.contains("ssl-ca=/run/secrets/ca.pem");
		assertThat(Stream.of("root", "app", "migration", "replication", "monitor").map((name) -> {
			try {
				return read("mysql-primary/" + name + "-password");
			}
			catch (IOException ex) {
				throw new AssertionError(ex);
			}
		})).doesNotHaveDuplicates();
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void onlyTheOwnerMayRead() throws IOException {
		ensure(NOW);
		try (Stream<Path> all = Files.walk(this.directory)) {
			assertThat(all.filter((path) -> !path.equals(this.directory) && !path.endsWith(".lock")))
				.allSatisfy((path) -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
					.isEqualTo(Files.isDirectory(path) ? "r-x------" : "r--------"));
		}
	}

	@Test
	@DisabledOnOs(OS.WINDOWS)
	void restoresModesThatWereChanged() throws IOException {
		ensure(NOW);
		Path key = this.directory.resolve("gateway/tls.key");
		Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-r--r--"));
		ensure(NOW);
		assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key))).isEqualTo("r--------");
	}

	@Test
	void usesADirectoryThatExistsAlready() throws IOException {
		Files.createDirectories(this.directory.resolve("gateway"));
		ensure(NOW);
		assertThat(files("gateway")).contains("tls.crt");
	}

	@Test
	void removesFilesOfAnInterruptedRun() throws IOException {
		Files.createDirectories(this.directory.resolve("gateway"));
		Files.writeString(this.directory.resolve("gateway/.tls.key.new"), "half");
		ensure(NOW);
		assertThat(files("gateway")).containsExactly("admin-password", "ca.crt", "tls.crt", "tls.key");
	}

	@Test
	void certificatesNameTheirHosts() throws Exception {
		ensure(NOW);
		assertThat(names("gateway/tls.crt")).containsExactlyInAnyOrder("www.foobar.com", "foobar.com",
				"*.foobar.localhost", "foobar.localhost", "localhost", "127.0.0.1", "0:0:0:0:0:0:0:1");
		assertThat(names("mysql-replica-1/server-cert.pem")).containsExactlyInAnyOrder("mysql-replica-1", "localhost",
				"127.0.0.1", "0:0:0:0:0:0:0:1");
	}

	@Test
	void renewsACertificateNearItsEndAndKeepsItsKey() throws Exception {
		ensure(NOW);
		String key = read("gateway/tls.key");
		String before = read("gateway/tls.crt");
		Instant later = NOW.plus(CertificateAuthority.LEAF_VALIDITY)
			.minus(LeafCheck.RENEWAL)
			.plus(Duration.ofMinutes(1));
		assertThat(ensure(later)).hasSize(3)
			.anyMatch((line) -> line.startsWith("gateway/tls.crt: renewed, as it ends on 2027-12-23"));
		assertThat(read("gateway/tls.key")).isEqualTo(key);
		assertThat(read("gateway/tls.crt")).isNotEqualTo(before);
		X509Certificate renewed = Pem.certificate(read("gateway/tls.crt"));
		assertThat(renewed.getNotAfter().toInstant()).isAfter(later.plus(Duration.ofDays(390)));
		assertThat(ensure(later)).isEmpty();
	}

	@Test
	void renewsACertificateOfAnotherAuthority() throws Exception {
		ensure(NOW);
		KeyPair pair = CertificateAuthority.newKeyPair();
		replace("gateway/tls.key", Pem.of(pair.getPrivate()));
		replace("gateway/tls.crt",
				Pem.of(CertificateAuthority.create(NOW).issue(pair.getPublic(), HostNames.ofGateway(), NOW)));
		assertThat(ensure(NOW)).containsExactly("gateway/tls.crt: renewed, as it was not signed by this authority");
	}

	@ParameterizedTest
	@ValueSource(strings = { "gateway/tls.key", "gateway/tls.crt" })
	void replacesAPairWhenOneFileIsLostOrCorrupt(String file) throws Exception {
		ensure(NOW);
		Files.delete(this.directory.resolve(file));
		assertThat(ensure(NOW)).hasSize(1).first().asString().startsWith("gateway/tls.crt: created for www.foobar.com");
		replace(file, "spoilt");
		assertThat(ensure(NOW)).hasSize(1).first().asString().startsWith("gateway/tls.crt: replaced with its key");
		assertThat(KeyAndCertificate.match(Pem.privateKey(read("gateway/tls.key")),
				Pem.certificate(read("gateway/tls.crt")).getPublicKey()))
			.isTrue();
	}

	@Test
	void lostDirectoryIsRecreatedWithThePasswordsOfTheDatabase() throws IOException {
		ensure(NOW);
		String password = read("mysql-primary/app-password");
		for (String file : files("web-app")) {
			Files.delete(this.directory.resolve("web-app").resolve(file));
		}
		for (String file : files("mysql-primary")) {
			Files.delete(this.directory.resolve("mysql-primary").resolve(file));
		}
		ensure(NOW);
		assertThat(read("mysql-primary/app-password")).isEqualTo(password);
		assertThat(read("web-app/spring.datasource.password")).isEqualTo(password);
	}

	@Test
	void keepsThePasswordOfTheOperators() throws IOException {
		ensure(NOW);
		String password = read("gateway/admin-password");
		assertThat(password).matches("[A-Za-z0-9_-]{32}").isNotEqualTo(read("mysql-primary/app-password"));
		assertThat(ensure(NOW.plus(Duration.ofDays(1)))).isEmpty();
		assertThat(read("gateway/admin-password")).isEqualTo(password);
		files("gateway");
		Files.delete(this.directory.resolve("gateway/admin-password"));
		assertThat(ensure(NOW)).containsExactly("gateway/admin-password: written");
	}

	@Test
	void failsWhenTheAuthorityExpiresSoon() {
		ensure(NOW);
		assertThatExceptionOfType(StackException.class)
			.isThrownBy(() -> ensure(NOW.plus(CertificateAuthority.VALIDITY).minus(Duration.ofDays(29))))
			.withMessageContaining("ca.crt ends on 2036-11-18")
			.withMessageContaining("for a new authority");
	}

	@Test
	void failsWhenTheKeyOfTheAuthorityIsLost() throws IOException {
		ensure(NOW);
		Files.delete(this.directory.resolve("authority/ca.key"));
		assertThatExceptionOfType(StackException.class).isThrownBy(() -> ensure(NOW))
			.withMessageContaining("ca.key is missing");
	}

	@Test
	void rejectsAnOwnerOfAnUnknownConsumer() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new SecretsRequest(this.directory, List.of("mysql-primary"), "/run/secrets",
					List.of(Owner.parse("mysql=1:1"))))
			.withMessageContaining("no consumer 'mysql'; expected one of [authority, web-app, gateway, mysql-primary]");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "web-app", "web-app=1", "web-app=a:b", "web-app=1:2:3", "../x=1:1" })
	void rejectsAMalformedOwner(String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> Owner.parse(text))
			.withMessageContaining("expected NAME=UID:GID");
	}

	private List<String> ensure(Instant now) {
		return Secrets.ensure(new SecretsRequest(this.directory, List.of("mysql-primary", "mysql-replica-1"),
				"/run/secrets", List.of()), Clock.fixed(now, ZoneOffset.UTC));
	}

	private String read(String file) throws IOException {
		return Files.readString(this.directory.resolve(file));
	}

	private void replace(String file, String content) throws IOException {
		Path path = this.directory.resolve(file);
		if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			Files.setPosixFilePermissions(path.getParent(), PosixFilePermissions.fromString("rwx------"));
			Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-------"));
		}
		Files.writeString(path, content);
	}

	private List<String> files(String consumer) throws IOException {
		Path path = this.directory.resolve(consumer);
		if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
			Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
		}
		try (Stream<Path> files = Files.list(path)) {
			return files.map((file) -> file.getFileName().toString()).sorted().toList();
		}
	}

	private Map<Path, FileTime> times() throws IOException {
		Map<Path, FileTime> times = new TreeMap<>();
		try (Stream<Path> all = Files.walk(this.directory)) {
			for (Path path : (Iterable<Path>) all::iterator) {
				times.put(path, Files.getLastModifiedTime(path));
			}
		}
		return times;
	}

	private List<String> names(String file) throws Exception {
		return Pem.certificate(read(file))
			.getSubjectAlternativeNames()
			.stream()
			.map((name) -> String.valueOf(name.get(1)))
			.toList();
	}

}
