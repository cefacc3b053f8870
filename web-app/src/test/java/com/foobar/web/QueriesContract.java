package com.foobar.web;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The queries of pages and lists, from the general log of the server that reads use: one
 * query each, served by an index. The board holds so many rows that an optimiser would
 * rather sort than follow an index to deep pages.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class QueriesContract {

	static final int NOTICES = 30_000;

	private static final String QUERIES = "SELECT CONVERT(argument USING utf8mb4) FROM mysql.general_log"
			+ " WHERE user_host LIKE 'foobar_app%' AND command_type IN ('Query', 'Execute') ORDER BY event_time";

	@SuppressWarnings("NullAway.Init")
	private ConfigurableApplicationContext context;

	@SuppressWarnings("NullAway.Init")
	private SiteClient site;

	/** Start the servers. */
	abstract Map<String, String> startServers() throws SQLException;

	/** Wait until the server that reads use has all rows. */
	abstract void awaitEverything();

	/** Connect to the server that reads use, as an administrator. */
	abstract Connection observe() throws SQLException;

	/** The name of the server that reads use, in Server-Timing. */
	abstract String observed();

	abstract void stopServers();

	@BeforeAll
	void start() throws SQLException {
		Map<String, String> settings = startServers();
		try (ConfigurableApplicationContext loading = RunningSite.start(settings,
				"spring.main.web-application-type=none", "foobar.seed-notices=" + NOTICES)) {
			await().atMost(Duration.ofMinutes(5)).until(() -> !loading.isActive());
		}
		this.context = RunningSite.start(settings, "foobar.server-timing=true");
		this.site = RunningSite.client(this.context);
		this.site.join("Ada").postJson("/api/notices", "{\"title\":\"Needle\",\"body\":\"in the haystack\"}");
		awaitEverything();
		try (Connection server = observe(); Statement statement = server.createStatement()) {
			statement.execute("ANALYZE NO_WRITE_TO_BINLOG TABLE foobar.notices, foobar.members");
			statement.execute("SET GLOBAL log_output = 'TABLE'");
			statement.execute("SET GLOBAL general_log = ON");
		}
		await().until(() -> this.site.get("/api/notices").header("Server-Timing").contains(observed()));
	}

	@AfterAll
	void stop() {
		if (this.context != null) {
			this.context.close();
		}
		stopServers();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/                                         | notices_created_at
			/?page=1200                               | notices_created_at
			/api/notices                              | notices_created_at
			/api/notices?page=280&size=100            | notices_created_at
			/api/notices?sort=createdAt,asc           | notices_created_at
			/api/notices?sort=createdAt,asc&page=1400 | notices_created_at
			/api/notices?sort=title                   | notices_title
			/api/notices?sort=title,desc&page=1400    | notices_title
			""")
	void pagePositionIsFoundInTheIndexAlone(String path, String index) throws SQLException {
		List<Step> plan = planOf(path, 1);
		assertThat(plan).as("%s", plan)
			.anyMatch((step) -> step.is("x", index) && step.extra().contains("Using index"))
			.anyMatch((step) -> step.is("n", "PRIMARY") && step.type().equals("eq_ref"))
			.noneMatch((step) -> step.type().equals("ALL") && !step.isDerived())
			.noneMatch((step) -> step.extra().contains("filesort") && !step.isDerived());
	}

	@ParameterizedTest
	@CsvSource({ "0", "20" })
	void authorPageUsesTheIndexOnAuthors(int page) throws SQLException {
		List<Step> plan = planOf("/members/" + busyAuthor() + "?page=" + page, 2);
		assertThat(plan).as("%s", plan)
			.anyMatch((step) -> step.is("x", "notices_author") && step.extra().contains("Using index"))
			.anyMatch((step) -> step.is("n", "PRIMARY") && step.type().equals("eq_ref"))
			.noneMatch((step) -> step.type().equals("ALL") && !step.isDerived())
			.noneMatch((step) -> step.extra().contains("filesort") && !step.isDerived());
	}

	/**
	 * The matches are sorted; the rows of the page are read by primary key.
	 */
	@ParameterizedTest
	@CsvSource({ "/api/notices?q=haystack", "/api/notices?q=garden", "/api/notices?q=garden&page=40",
			"/api/notices?q=garden&sort=title&page=3", "/?q=garden+piano" })
	void searchUsesTheFullTextIndexOnce(String path) throws SQLException {
		List<Step> plan = planOf(path, 1);
		assertThat(plan).as("%s", plan)
			.anyMatch((step) -> step.is("n", "PRIMARY") && step.type().equals("eq_ref"))
			.noneMatch((step) -> step.type().equals("ALL") && !step.isDerived());
		assertThat(plan.stream().filter((step) -> step.key().equals("notices_text"))).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "/api/notices/1", "/notices/1" })
	void noticeIsReadByItsKey(String path) throws SQLException {
		assertThat(planOf(path, 1)).anyMatch((step) -> step.is("n", "PRIMARY") && step.type().equals("const"));
	}

	@Test
	void anonymousReadsQueryNoMember() throws SQLException {
		assertThat(queriesOf("/sign-in")).isEmpty();
	}

	@Test
	void lastPageIsReachedAndAllRowsAreCounted() {
		JsonNode list = this.site.get("/api/notices?page=1400&size=20").json();
		assertThat(list.get("total").asInt()).isEqualTo(30_001);
		assertThat(list.get("totalIsExact").asBoolean()).isTrue();
		assertThat(list.get("items").size()).isEqualTo(20);
		SiteClient.Response response = this.site.get("/api/notices?page=1400&size=20");
		assertThat(response.header("Link")).contains("page=1401&size=20&sort=createdAt,desc>; rel=\"next\"",
				"page=1500&size=20&sort=createdAt,desc>; rel=\"last\"");
		JsonNode end = this.site.get("/api/notices?page=300&size=100").json();
		assertThat(end.get("items").size()).isEqualTo(1);
		assertThat(end.get("hasNext").asBoolean()).isFalse();
		SiteClient.Response behind = this.site.get("/api/notices?page=301&size=100");
		assertThat(behind.json().get("items").size()).isZero();
		assertThat(behind.json().get("total").asInt()).isEqualTo(30_001);
		assertThat(behind.header("Link")).contains("page=300&size=100&sort=createdAt,desc>; rel=\"prev\"");
	}

	@Test
	void pagesShowCountsUpToAThousand() throws SQLException {
		assertThat(this.site.get("/").body()).contains(">more than 1,000 in all<", ">Page 1<");
		assertThat(this.site.get("/?page=1500").body()).contains(">more than 1,000 in all<", ">Page 1501<");
		assertThat(this.site.get("/?page=1501").body()).contains(">30,001 in all<", ">Page 1502 of 1501<",
				"/?page=1500\"");
		assertThat(this.site.get("/members/" + busyAuthor()).body()).containsPattern("· [5-7]\\d\\d notices<");
	}

	/**
	 * The server's own counter of index entries and rows read: a thousand are counted,
	 * buffered and read again.
	 */
	@Test
	void firstPageReadsNoMoreRowsThanItCounts() throws SQLException {
		String query = queriesOf("/").get(0);
		try (Connection server = observe(); Statement statement = server.createStatement()) {
			statement.execute("USE foobar");
			statement.execute("FLUSH STATUS");
			statement.execute(query);
			try (ResultSet rows = statement.executeQuery("SHOW SESSION STATUS LIKE 'Handler_read%'")) {
				int read = 0;
				while (rows.next()) {
					read += rows.getInt(2);
				}
				assertThat(read).isBetween(20, 3_000);
			}
		}
	}

	@Test
	void pagesOfAListHaveNoGapsOrRepetitions() {
		List<Long> all = new ArrayList<>();
		for (int page = 100; page < 110; page++) {
			this.site.get("/api/notices?sort=title&size=10&page=" + page)
				.json()
				.get("items")
				.forEach((item) -> all.add(item.get("id").asLong()));
		}
		List<Long> once = new ArrayList<>();
		this.site.get("/api/notices?sort=title&size=100&page=10")
			.json()
			.get("items")
			.forEach((item) -> once.add(item.get("id").asLong()));
		assertThat(all).hasSize(100).doesNotHaveDuplicates().isEqualTo(once);
	}

	@Test
	void searchReturnsTheNewestThousandMatches() throws SQLException {
		SiteClient.Response first = this.site.get("/api/notices?q=garden&size=30");
		assertThat(first.json().get("total").asInt()).isEqualTo(1000);
		assertThat(first.json().get("totalIsExact").asBoolean()).isFalse();
		assertThat(first.header("Link")).contains("rel=\"next\"").doesNotContain("rel=\"last\"");
		List<Long> found = new ArrayList<>();
		int page = 0;
		JsonNode json;
		do {
			json = this.site.get("/api/notices?q=garden&size=30&page=" + page++).json();
			json.get("items").forEach((item) -> found.add(item.get("id").asLong()));
		}
		while (json.get("hasNext").asBoolean());
		List<Long> expected = new ArrayList<>();
		try (Connection server = observe();
				Statement statement = server.createStatement();
				ResultSet rows = statement
					.executeQuery("SELECT id FROM foobar.notices WHERE CONCAT(title, ' ', body) LIKE '%garden%'"
							+ " ORDER BY created_at DESC, id DESC LIMIT 1000")) {
			while (rows.next()) {
				expected.add(rows.getLong(1));
			}
		}
		assertThat(found).isEqualTo(expected).hasSize(1000);
		JsonNode behind = this.site.get("/api/notices?q=garden&size=30&page=34").json();
		assertThat(behind.get("items").size()).isZero();
		assertThat(behind.get("total").asInt()).isEqualTo(1000);
		assertThat(this.site.get("/api/notices?q=haystack").json().get("totalIsExact").asBoolean()).isTrue();
	}

	private long busyAuthor() throws SQLException {
		try (Connection server = observe();
				Statement statement = server.createStatement();
				ResultSet row = statement
					.executeQuery("SELECT id FROM foobar.members WHERE email = 'seed-7@foobar.invalid'")) {
			row.next();
			return row.getLong(1);
		}
	}

	private List<Step> planOf(String path, int queries) throws SQLException {
		List<String> statements = queriesOf(path);
		assertThat(statements).as(path).hasSize(queries);
		return explain(statements.get(queries - 1));
	}

	private List<String> queriesOf(String path) throws SQLException {
		return statementsOf(path).stream().filter((statement) -> !statement.equalsIgnoreCase("commit")).toList();
	}

	final List<String> statementsOf(String path) throws SQLException {
		int before = logged().size();
		assertThat(this.site.get(path).status()).as(path).isEqualTo(200);
		List<String> after = logged();
		return after.subList(before, after.size());
	}

	/** Excludes statements of connections and transactions. */
	private List<String> logged() throws SQLException {
		try (Connection server = observe();
				Statement statement = server.createStatement();
				ResultSet rows = statement.executeQuery(QUERIES)) {
			List<String> queries = new ArrayList<>();
			while (rows.next()) {
				String query = rows.getString(1);
				String begin = query.strip().toLowerCase(Locale.ROOT);
				if (Stream.of("set ", "/*", "select @@").noneMatch(begin::startsWith)) {
					queries.add(query);
				}
			}
			return queries;
		}
	}

	/**
	 * A row of a query plan.
	 */
	private record Step(String table, String key, String type, String extra) {

		boolean is(String expectedTable, String expectedKey) {
			return this.table.equals(expectedTable) && this.key.equals(expectedKey);
		}

		boolean isDerived() {
			return this.table.startsWith("<");
		}

	}

	private List<Step> explain(String query) throws SQLException {
		try (Connection server = observe(); Statement statement = server.createStatement()) {
			statement.execute("USE foobar");
			try (ResultSet rows = statement.executeQuery("EXPLAIN FORMAT=TRADITIONAL " + query)) {
				List<Step> steps = new ArrayList<>();
				while (rows.next()) {
					Map<String, String> columns = new HashMap<>();
					for (String column : List.of("table", "key", "type", "Extra")) {
						columns.put(column, String.valueOf(rows.getString(column)));
					}
					steps.add(new Step(columns.getOrDefault("table", ""), columns.getOrDefault("key", ""),
							columns.getOrDefault("type", ""), columns.getOrDefault("Extra", "")));
				}
				return steps;
			}
		}
	}

}
