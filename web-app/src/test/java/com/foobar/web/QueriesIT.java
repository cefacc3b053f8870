package com.foobar.web;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.context.ConfigurableApplicationContext;

import com.foobar.local.database.Account;
import com.foobar.web.SiteClient.Answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What pages and lists ask of the database, as the replica's own log has it: one query
 * each, and one that its indexes answer.
 */
class QueriesIT {

	private static final String QUERIES = "SELECT CONVERT(argument USING utf8mb4) FROM mysql.general_log"
			+ " WHERE user_host LIKE 'foobar_app%' AND command_type IN ('Query', 'Execute')"
			+ " AND argument NOT LIKE 'SET %' AND argument NOT LIKE 'COMMIT' AND argument NOT LIKE '/*%'";

	@SuppressWarnings("NullAway.Init")
	private static ReplicatedDatabase database;

	@SuppressWarnings("NullAway.Init")
	private static ConfigurableApplicationContext context;

	@SuppressWarnings("NullAway.Init")
	private static SiteClient site;

	private static long author;

	@BeforeAll
	static void start() throws SQLException {
		database = new ReplicatedDatabase();
		context = RunningSite.start(database.settings(), "foobar.show-route=true");
		site = RunningSite.client(context);
		SiteClient ada = site.join("Ada");
		Answer posted = ada.postJson("/api/notices", "{\"title\":\"Needle\",\"body\":\"in the haystack\"}");
		author = posted.json().at("/author/id").asLong();
		try (Connection primary = database.servers.primary().connect(Account.ROOT);
				Statement statement = primary.createStatement()) {
			statement.execute("INSERT INTO foobar.members (name, email, password_hash, created_at)"
					+ " SELECT CONCAT('m', seq), CONCAT(seq, '@example.org'), 'x', NOW(6) FROM seq_1_to_200");
			statement.execute("INSERT INTO foobar.notices (author_id, title, body, created_at)"
					+ " SELECT (SELECT MIN(id) FROM foobar.members) + seq % 200, CONCAT('Title ', MD5(seq)),"
					+ " CONCAT('straw number ', seq), NOW(6) - INTERVAL seq SECOND FROM seq_1_to_20000");
			statement.execute("ANALYZE TABLE foobar.notices, foobar.members");
		}
		database.servers.awaitCaughtUp();
		try (Connection replica = replica(); Statement statement = replica.createStatement()) {
			statement.execute("SET sql_log_bin = 0");
			statement.execute("ANALYZE TABLE foobar.notices, foobar.members");
			statement.execute("SET GLOBAL log_output = 'TABLE'");
			statement.execute("SET GLOBAL general_log = ON");
		}
		await().until(() -> site.get("/api/notices").header("Server-Timing").contains("mariadb-replica-1"));
	}

	@AfterAll
	static void stop() {
		context.close();
		database.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/api/notices                          | notices_created_at
			/api/notices?page=20&size=50          | notices_created_at
			/api/notices?sort=createdAt,asc       | notices_created_at
			/api/notices?sort=title               | notices_title
			/api/notices?q=haystack               | notices_text
			/api/notices/1                        | PRIMARY
			/                                     | notices_created_at
			/notices/1                            | PRIMARY
			""")
	void readsWithOneQueryThatAnIndexAnswers(String path, String index) throws SQLException {
		List<String> queries = queriesOf(path);
		assertThat(queries).as(path).hasSize(1);
		List<String> plan = explain(queries.get(0));
		assertThat(plan).as("%s%n%s", queries.get(0), plan).anyMatch((step) -> step.contains(" n1_0 " + index + " "));
		if (!index.equals("notices_text")) {
			assertThat(plan).as("%s%n%s", queries.get(0), plan)
				.noneMatch((step) -> step.contains("filesort") || step.contains("temporary"));
		}
	}

	@Test
	void authorsPageFindsTheAuthorsNoticesByTheirIndex() throws SQLException {
		List<String> queries = queriesOf("/members/" + author);
		assertThat(queries).as("the member and the notices").hasSize(2);
		List<String> plan = explain(queries.get(1));
		assertThat(plan).as("%s", plan)
			.anyMatch((step) -> step.contains(" n1_0 notices_author "))
			.noneMatch((step) -> step.contains("filesort"));
	}

	@Test
	void anonymousReadersCauseNoLookUpOfMembers() throws SQLException {
		assertThat(queriesOf("/sign-in")).isEmpty();
	}

	private static List<String> queriesOf(String path) throws SQLException {
		int before = logged().size();
		assertThat(site.get(path).status()).isEqualTo(200);
		List<String> after = logged();
		return after.subList(before, after.size());
	}

	private static List<String> logged() throws SQLException {
		try (Connection replica = replica();
				Statement statement = replica.createStatement();
				ResultSet rows = statement.executeQuery(QUERIES + " ORDER BY event_time")) {
			List<String> queries = new ArrayList<>();
			while (rows.next()) {
				queries.add(rows.getString(1));
			}
			return queries;
		}
	}

	private static List<String> explain(String query) throws SQLException {
		try (Connection replica = replica(); Statement statement = replica.createStatement()) {
			statement.execute("USE foobar");
			try (ResultSet rows = statement.executeQuery("EXPLAIN " + query)) {
				List<String> steps = new ArrayList<>();
				while (rows.next()) {
					steps.add(" " + rows.getString("table") + " " + rows.getString("key") + " " + rows.getString("type")
							+ " " + rows.getString("Extra"));
				}
				return steps;
			}
		}
	}

	private static Connection replica() throws SQLException {
		return database.servers.replica(0).connect(Account.ROOT);
	}

}
