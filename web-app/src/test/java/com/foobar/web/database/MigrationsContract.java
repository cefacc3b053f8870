package com.foobar.web.database;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/**
 * The previous version keeps working during and after a migration: the tables and columns
 * that it uses exist, its writes are accepted, its rows keep their values, and it starts.
 * Each migration is compared with the schema before it; no old version is needed.
 * Intended contractions are listed in {@code migrations-that-contract.txt}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MigrationsContract {

	private static final String LOCATION = "db/migration";

	private static final String ALLOWED = "/migrations-that-contract.txt";

	/**
	 * An empty database and an account with all privileges for it.
	 *
	 * @param url where it is
	 * @param username whose account
	 * @param password its password
	 */
	record Database(String url, String username, String password) {

		Connection connect() throws SQLException {
			return DriverManager.getConnection(this.url, this.username, this.password);
		}

	}

	@SuppressWarnings("NullAway.Init")
	private Database database;

	abstract Database startServer() throws SQLException;

	abstract void stopServer();

	@BeforeAll
	void start() throws SQLException {
		this.database = startServer();
	}

	@AfterAll
	void stop() {
		stopServer();
	}

	Stream<String> versionsWithOneBefore() {
		return versions().stream().skip(1);
	}

	@ParameterizedTest
	@MethodSource("versionsWithOneBefore")
	void keepsTheSchemaOfThePreviousVersion(String version) throws SQLException {
		migrateCleanly(before(version));
		try (Connection connection = this.database.connect()) {
			Schema before = Schema.read(connection);
			assertThat(before.tables()).isNotEmpty();
			migrateTo(version);
			assertThat(SchemaChange.findings(before, Schema.read(connection)))
				.as("V%s: findings that %s does not name", version, ALLOWED)
				.containsExactlyInAnyOrderElementsOf(allowed(version));
		}
	}

	@ParameterizedTest
	@MethodSource("versionsWithOneBefore")
	void previousVersionKeepsReadingAndWriting(String version) throws SQLException {
		assumeThat(allowed(version)).as("what the version before would not bear").isEmpty();
		migrateCleanly(before(version));
		try (Connection connection = this.database.connect()) {
			SampleRows versionBefore = new SampleRows(Schema.read(connection));
			versionBefore.insert(connection, 1);
			versionBefore.insert(connection, 2);
			Map<String, List<String>> written = versionBefore.read(connection);
			migrateTo(version);
			assertThat(versionBefore.read(connection)).isEqualTo(written);
			versionBefore.update(connection);
			assertThat(versionBefore.read(connection)).isEqualTo(written);
			versionBefore.delete(connection);
			versionBefore.insert(connection, 1);
			versionBefore.insert(connection, 2);
			assertThat(versionBefore.read(connection)).isEqualTo(written);
		}
	}

	/**
	 * As after a restart during the update, or after a rollback of the new version.
	 */
	@ParameterizedTest
	@MethodSource("versionsWithOneBefore")
	void previousVersionStartsOnTheNewSchema(String version, @TempDir Path scripts) throws IOException {
		migrateCleanly(version);
		List<String> known = versions().subList(0, versions().indexOf(version));
		for (MigrationInfo migration : flyway().load().info().all()) {
			if (known.contains(version(migration))) {
				Files.copy(resource("/" + LOCATION + "/" + migration.getScript()),
						scripts.resolve(migration.getScript()));
			}
		}
		assertThat(flyway().locations("filesystem:" + scripts).load().migrate().migrationsExecuted).isZero();
	}

	@Test
	void listedContractionsNameExistingMigrations() {
		assertThat(allowances().map((line) -> line.substring(1, line.indexOf(':')))).isSubsetOf(versions());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					DROP TABLE things                                                  | drops table things
					RENAME TABLE things TO objects                                     | drops table things
					ALTER TABLE things DROP COLUMN note                                | drops column things.note
					ALTER TABLE things RENAME COLUMN note TO remark                    | drops column things.note
					ALTER TABLE things MODIFY note VARCHAR(20) NULL                    | changes the type of things.note
					ALTER TABLE things MODIFY note VARCHAR(40) COLLATE utf8mb4_bin     | changes the type of things.note
					ALTER TABLE things MODIFY id BIGINT NOT NULL                       | changes the type of things.id
					ALTER TABLE things MODIFY note VARCHAR(40) NOT NULL                | makes things.note not nullable
					ALTER TABLE things MODIFY label VARCHAR(40) NULL                   | makes things.label nullable
					ALTER TABLE owners ALTER name DROP DEFAULT                         | changes the default of owners.name
					ALTER TABLE owners ALTER name SET DEFAULT 'somebody'               | changes the default of owners.name
					ALTER TABLE things ADD colour VARCHAR(9) NOT NULL                  | adds column things.colour, which has to be said
					DROP INDEX things_label ON things                                  | drops or changes index things.things_label
					CREATE UNIQUE INDEX things_once ON things (label)                  | adds unique index things.things_once
					ALTER TABLE things DROP FOREIGN KEY things_owner_fk                | drops or changes foreign key things.things_owner_fk
					ALTER TABLE things ADD CONSTRAINT short CHECK (label < 'n')        | changes checks or triggers of things
					CREATE TRIGGER t BEFORE INSERT ON things FOR EACH ROW SET NEW.note = 'x' | changes checks or triggers of things
					ALTER TABLE things ADD part BIGINT NOT NULL DEFAULT 1, ADD CONSTRAINT part_fk FOREIGN KEY (part) REFERENCES owners (id) ON DELETE CASCADE | adds foreign key things.part_fk
					CREATE TABLE parts (thing_id BIGINT, CONSTRAINT parts_fk FOREIGN KEY (thing_id) REFERENCES things (id)) | prevents deletes from things by parts.parts_fk
					""")
	void detectsIncompatibleChanges(String change, String finding) throws SQLException {
		assertThat(findingsOf(change)).containsExactly(finding);
	}

	@ParameterizedTest
	@ValueSource(strings = { "ALTER TABLE things ADD colour VARCHAR(9) NULL",
			"ALTER TABLE things ADD colour VARCHAR(9) NOT NULL DEFAULT ''",
			"ALTER TABLE things ADD since DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)",
			"ALTER TABLE things ADD size INT AS (CHAR_LENGTH(label)) STORED",
			"CREATE INDEX things_note ON things (note)",
			"ALTER TABLE things ADD tag VARCHAR(9) NULL, ADD UNIQUE KEY things_tag (tag)",
			"ALTER TABLE things ALTER label SET DEFAULT 'thing'", "CREATE TABLE parts (id BIGINT NOT NULL PRIMARY KEY)",
			"CREATE TABLE parts (thing_id BIGINT, FOREIGN KEY (thing_id) REFERENCES things (id) ON DELETE CASCADE)" })
	void acceptsAdditions(String change) throws SQLException {
		assertThat(findingsOf(change)).isEmpty();
	}

	private List<String> findingsOf(String change) throws SQLException {
		flyway().cleanDisabled(false).load().clean();
		try (Connection connection = this.database.connect(); Statement statement = connection.createStatement()) {
			statement.execute("CREATE TABLE owners (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,"
					+ " name VARCHAR(20) NOT NULL DEFAULT 'nobody') DEFAULT CHARACTER SET utf8mb4");
			statement.execute("CREATE TABLE things (id BIGINT NOT NULL AUTO_INCREMENT PRIMARY KEY,"
					+ " owner_id BIGINT NULL, label VARCHAR(40) NOT NULL, note VARCHAR(40) NULL,"
					+ " KEY things_label (label), CONSTRAINT things_owner_fk FOREIGN KEY (owner_id)"
					+ " REFERENCES owners (id) ON DELETE SET NULL) DEFAULT CHARACTER SET utf8mb4");
			Schema before = Schema.read(connection);
			statement.execute(change);
			return SchemaChange.findings(before, Schema.read(connection));
		}
	}

	private FluentConfiguration flyway() {
		return Flyway.configure()
			.dataSource(this.database.url(), this.database.username(), this.database.password())
			.locations("classpath:" + LOCATION);
	}

	private void migrateCleanly(String version) {
		flyway().cleanDisabled(false).load().clean();
		migrateTo(version);
	}

	private void migrateTo(String version) {
		flyway().target(MigrationVersion.fromVersion(version)).load().migrate();
	}

	private List<String> versions() {
		return Arrays.stream(flyway().load().info().all()).map(MigrationsContract::version).toList();
	}

	private static String version(MigrationInfo migration) {
		return Objects.requireNonNull(migration.getVersion(), "every migration has a version").getVersion();
	}

	private String before(String version) {
		return versions().get(versions().indexOf(version) - 1);
	}

	private static List<String> allowed(String version) {
		List<String> findings = new ArrayList<>();
		String prefix = "V" + version + ": ";
		allowances().filter((line) -> line.startsWith(prefix)).forEach((line) -> {
			String[] parts = line.substring(prefix.length()).split(" -- ", 2);
			assertThat(parts).as("finding -- why no running instance uses the old form: %s", line).hasSize(2);
			findings.add(parts[0].strip());
		});
		return findings;
	}

	private static Stream<String> allowances() {
		try (InputStream file = resource(ALLOWED)) {
			return new String(file.readAllBytes(), StandardCharsets.UTF_8).lines()
				.filter((line) -> !line.isBlank() && !line.startsWith("#"));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static InputStream resource(String name) {
		return Objects.requireNonNull(MigrationsContract.class.getResourceAsStream(name), name);
	}

}
