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
 * Compares two ways to ask for a page of notices, on a board that the site's own loader
 * has filled: sorting rows and counting all of them, as the site once did, and finding
 * ids in an index, as it does. Prints a table in Markdown.
 */
public final class ListComparison {

	private static final int SIZE = 20;

	private static final String COLUMNS = "n.id, n.title, n.body, m.id, m.name, n.created_at, n.version";

	private static final String PASSWORD = "secret";

	private ListComparison() {
	}

	/**
	 * A page, and the two statements that ask for it.
	 */
	private record Question(String name, String before, String after, List<Double> beforeMillis,
			List<Double> afterMillis) {

		/**
		 * A page of a list; the total is counted whole, as for programs, or as far as
		 * readers are told it.
		 */
		static Question list(String name, boolean whole, String where, String column, String direction, int page) {
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
			return new Question(name, before, after, new ArrayList<>(), new ArrayList<>());
		}

		static Question search(String name, String terms) {
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
			return new Question(name, before, after, new ArrayList<>(), new ArrayList<>());
		}

	}

	/**
	 * Run the comparison.
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
			List<Question> questions = questions(statement, notices);
			Random random = new Random(rounds);
			// The first round warms the server up.
			for (int round = 0; round <= rounds; round++) {
				System.err.println("round " + round + " of " + rounds);
				Collections.shuffle(questions, random);
				for (Question question : questions) {
					boolean beforeFirst = random.nextBoolean();
					double first = warmMillis(statement, beforeFirst ? question.before() : question.after());
					double second = warmMillis(statement, beforeFirst ? question.after() : question.before());
					if (round > 0) {
						question.beforeMillis().add(beforeFirst ? first : second);
						question.afterMillis().add(beforeFirst ? second : first);
					}
				}
			}
			print(connection, questions, rounds, notices);
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
			throw new IllegalStateException("The loader ended with " + code + "; run it by hand to see why: " + jar);
		}
	}

	private static List<Question> questions(Statement statement, int notices) throws SQLException {
		long author;
		try (ResultSet row = statement.executeQuery("SELECT MIN(author_id) FROM notices")) {
			row.next();
			author = row.getLong(1);
		}
		int deep = notices * 4 / 5 / SIZE;
		String byAuthor = " WHERE %s.author_id = " + author;
		return new ArrayList<>(List.of(Question.list("01 newest, first page", true, "", "created_at", " DESC", 0),
				Question.list("02 the same, counted to 1,000", false, "", "created_at", " DESC", 0),
				Question.list("03 newest, page " + deep, true, "", "created_at", " DESC", deep),
				Question.list("04 the same, counted to 1,000", false, "", "created_at", " DESC", deep),
				Question.list("05 oldest, page " + deep, true, "", "created_at", "", deep),
				Question.list("06 by title, page " + deep, true, "", "title", "", deep),
				Question.list("07 an author's, first page", false, byAuthor, "created_at", " DESC", 0),
				Question.list("08 an author's, page 50", false, byAuthor, "created_at", " DESC", 50),
				Question.search("09 search, a word of most notices", "+garden*"),
				Question.search("10 search, two such words", "+garden* +piano*"),
				Question.search("11 search, a word of none", "+zeppelin*")));
	}

	/**
	 * The time of the second of two runs. The first pays for what others have pushed out
	 * of the server's memory, and would make whichever statement comes first look slow.
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

	private static void print(Connection connection, List<Question> questions, int rounds, int notices)
			throws SQLException {
		System.out.println("| page of " + SIZE + " | rows sorted, all counted, ms | ids from an index, ms | ratio |");
		System.out.println("|---|---|---|---|");
		questions.sort((one, other) -> one.name().compareTo(other.name()));
		for (Question question : questions) {
			System.out.println(String.format(Locale.ROOT, "| %s | %.1f | %.1f | %s |", question.name().substring(3),
					Rounds.median(question.beforeMillis()), Rounds.median(question.afterMillis()),
					Rounds.ratio(question.afterMillis(), question.beforeMillis())));
		}
		System.out.println();
		System.out.println(connection.getMetaData().getDatabaseProductVersion() + ", " + notices
				+ " notices, medians of " + rounds + " rounds; ratios within each round, ± half the range of the "
				+ "middle half. Java " + System.getProperty("java.version") + ", "
				+ Runtime.getRuntime().availableProcessors() + " processors.");
	}

}
