package com.foobar.benchmarks.notices;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

import com.foobar.benchmarks.routing.Rounds;
import com.foobar.local.database.Account;
import com.foobar.local.database.ReplicatedMariaDb;
import org.testcontainers.mysql.MySQLContainer;
import org.testcontainers.utility.DockerImageName;

/**
 * Compares two ways to query a page of notices, on a board that the site's own loader has
 * filled: sorting and counting all rows, as the site did before, and finding ids in an
 * index, as it does now. Prints a table in Markdown.
 */
public final class ListComparison {

	private static final int SIZE = 20;

	private static final String COLUMNS = "n.id, n.title, n.body, m.id, m.name, n.created_at, n.version";

	private static final String PASSWORD = "secret";

	private ListComparison() {
	}

	/**
	 * A page, and the two statements that select it.
	 */
	private record PageQuery(String name, String before, String after, List<Double> beforeMillis,
			List<Double> afterMillis) {

		/**
		 * A page of a list; the total is exact, as in the API, or limited, as on the
		 * site's own pages.
		 */
		static PageQuery list(String name, boolean whole, String where, String column, String direction, int page) {
			String order = "%1$s." + column + direction + ", %1$s.id" + direction;
			String before = "SELECT " + COLUMNS + ", (SELECT COUNT(c.id) FROM notices c"
					+ String.format(Locale.ROOT, where, "c")
					+ ") FROM notices n LEFT JOIN members m ON m.id = n.author_id"
					+ String.format(Locale.ROOT, where, "n") + " ORDER BY " + String.format(Locale.ROOT, order, "n")
					+ " LIMIT " + page * SIZE + ", " + SIZE;
			String from = "FROM notices x" + String.format(Locale.ROOT, where, "x");
			String count = whole ? "SELECT COUNT(*) " + from
					: "SELECT COUNT(*) FROM (SELECT 1 " + from + " LIMIT 1001) c";
			String after = "SELECT " + COLUMNS + ", (" + count + ") FROM (SELECT x.id, x." + column + " " + from
					+ " ORDER BY " + String.format(Locale.ROOT, order, "x") + " LIMIT " + page * SIZE + ", "
					+ (SIZE + 1) + ") k JOIN notices n ON n.id = k.id LEFT JOIN members m ON m.id = n.author_id"
					+ " ORDER BY " + String.format(Locale.ROOT, order, "k");
			return new PageQuery(name, before, after, new ArrayList<>(), new ArrayList<>());
		}

		static PageQuery search(String name, String terms) {
			String match = " WHERE MATCH (%1$s.title, %1$s.body) AGAINST ('" + terms + "' IN BOOLEAN MODE)";
			String before = "SELECT " + COLUMNS + ", (SELECT COUNT(c.id) FROM notices c"
					+ String.format(Locale.ROOT, match, "c")
					+ " > 0) FROM notices n LEFT JOIN members m ON m.id = n.author_id"
					+ String.format(Locale.ROOT, match, "n") + " > 0 ORDER BY n.created_at DESC, n.id DESC LIMIT 0, "
					+ SIZE;
			String after = "SELECT " + COLUMNS + ", k.total FROM (SELECT f.id, f.created_at, COUNT(*) OVER () AS total"
					+ " FROM (SELECT x.id, x.created_at FROM notices x" + String.format(Locale.ROOT, match, "x")
					+ " ORDER BY x.created_at DESC, x.id DESC LIMIT 1001) f ORDER BY f.created_at DESC, f.id DESC"
					+ " LIMIT 0, " + SIZE + ") k JOIN notices n ON n.id = k.id LEFT JOIN members m"
					+ " ON m.id = n.author_id ORDER BY k.created_at DESC, k.id DESC";
			return new PageQuery(name, before, after, new ArrayList<>(), new ArrayList<>());
		}

	}

	/**
	 * Runs the comparison.
	 * @param arguments {@code mysql} or {@code mariadb}, rounds, notices, path of the
	 * site's jar
	 * @throws Exception if a server or the loader does not work
	 */
	public static void main(String[] arguments) throws Exception {
		int rounds = Integer.parseInt(arguments[1]);
		int notices = Integer.parseInt(arguments[2]);
		Path jar = Path.of(arguments[3]);
		if (arguments[0].equals("mysql")) {
			try (MySQLContainer server = new MySQLContainer(DockerImageName.parse("mysql:9.7"))
				.withDatabaseName("foobar")
				.withPassword(PASSWORD)) {
				server.start();
				String url = "jdbc:mysql://" + server.getHost() + ":" + server.getMappedPort(3306)
						+ "/foobar?sslMode=DISABLED&allowPublicKeyRetrieval=true";
				compare(url, "root", PASSWORD, rounds, notices, jar);
			}
		}
		else {
			try (ReplicatedMariaDb servers = ReplicatedMariaDb.builder().replicas(1).start()) {
				compare(servers.primary().jdbcUrl(), Account.MIGRATION.username(),
						servers.credentials().password(Account.MIGRATION), rounds, notices, jar);
			}
		}
		System.exit(0);
	}

	private static void compare(String url, String username, String password, int rounds, int notices, Path jar)
			throws SQLException, IOException, InterruptedException {
		load(url, username, password, notices, jar);
		try (Connection connection = DriverManager.getConnection(url, username, password);
				Statement statement = connection.createStatement()) {
			statement.execute("ANALYZE TABLE notices, members");
			List<PageQuery> queries = queries(statement, notices);
			Random random = new Random(rounds);
			// The first round warms up the server.
			for (int round = 0; round <= rounds; round++) {
				System.err.println("round " + round + " of " + rounds);
				Collections.shuffle(queries, random);
				for (PageQuery query : queries) {
					boolean beforeFirst = random.nextBoolean();
					double first = warmMillis(statement, beforeFirst ? query.before() : query.after());
					double second = warmMillis(statement, beforeFirst ? query.after() : query.before());
					if (round > 0) {
						query.beforeMillis().add(beforeFirst ? first : second);
						query.afterMillis().add(beforeFirst ? second : first);
					}
				}
			}
			print(connection, queries, rounds, notices);
		}
	}

	private static void load(String url, String username, String password, int notices, Path jar)
			throws IOException, InterruptedException {
		int code = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar",
				jar.toString(), "--spring.main.web-application-type=none", "--foobar.seed-notices=" + notices,
				"--spring.datasource.url=" + url, "--spring.datasource.username=" + username,
				"--spring.datasource.password=" + password)
			.redirectOutput(ProcessBuilder.Redirect.DISCARD)
			.redirectError(ProcessBuilder.Redirect.INHERIT)
			.start()
			.waitFor();
		if (code != 0) {
			throw new IllegalStateException(
					"The loader ended with " + code + "; run it by hand for the reason: " + jar);
		}
	}

	private static List<PageQuery> queries(Statement statement, int notices) throws SQLException {
		long author;
		try (ResultSet row = statement.executeQuery("SELECT MIN(author_id) FROM notices")) {
			row.next();
			author = row.getLong(1);
		}
		int deep = notices * 4 / 5 / SIZE;
		String byAuthor = " WHERE %s.author_id = " + author;
		return new ArrayList<>(List.of(PageQuery.list("01 newest, first page", true, "", "created_at", " DESC", 0),
				PageQuery.list("02 the same, counted to 1,000", false, "", "created_at", " DESC", 0),
				PageQuery.list("03 newest, page " + deep, true, "", "created_at", " DESC", deep),
				PageQuery.list("04 the same, counted to 1,000", false, "", "created_at", " DESC", deep),
				PageQuery.list("05 oldest, page " + deep, true, "", "created_at", "", deep),
				PageQuery.list("06 by title, page " + deep, true, "", "title", "", deep),
				PageQuery.list("07 an author's, first page", false, byAuthor, "created_at", " DESC", 0),
				PageQuery.list("08 an author's, page 50", false, byAuthor, "created_at", " DESC", 50),
				PageQuery.search("09 search, a word of most notices", "+garden*"),
				PageQuery.search("10 search, two such words", "+garden* +piano*"),
				PageQuery.search("11 search, a word of none", "+zeppelin*")));
	}

	/**
	 * The time of the second of two runs. The first reads from the disk what others have
	 * evicted from the server's memory, which would distort the comparison.
	 */
	private static double warmMillis(Statement statement, String sql) throws SQLException {
		millis(statement, sql);
		return millis(statement, sql);
	}

	private static double millis(Statement statement, String sql) throws SQLException {
		long start = System.nanoTime();
		try (ResultSet rows = statement.executeQuery(sql)) {
			while (rows.next()) {
				rows.getString(2);
			}
		}
		return (System.nanoTime() - start) / 1e6;
	}

	private static void print(Connection connection, List<PageQuery> queries, int rounds, int notices)
			throws SQLException {
		System.out.println("| page of " + SIZE + " | rows sorted, all counted, ms | ids from an index, ms | ratio |");
		System.out.println("|---|---|---|---|");
		queries.sort((one, other) -> one.name().compareTo(other.name()));
		for (PageQuery query : queries) {
			System.out.println(String.format(Locale.ROOT, "| %s | %.1f | %.1f | %s |", query.name().substring(3),
					Rounds.median(query.beforeMillis()), Rounds.median(query.afterMillis()),
					Rounds.ratio(query.afterMillis(), query.beforeMillis())));
		}
		System.out.println();
		System.out.println(connection.getMetaData().getDatabaseProductVersion() + ", " + notices
				+ " notices, medians of " + rounds + " rounds; ratios within each round, ± half the range of the "
				+ "middle half. Java " + System.getProperty("java.version") + ", "
				+ Runtime.getRuntime().availableProcessors() + " processors.");
	}

}
