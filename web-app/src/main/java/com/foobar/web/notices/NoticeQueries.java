package com.foobar.web.notices;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Reads notices with their authors' names, in one statement per method. A list first
 * reads the ids of its page from an index in the order of the list, and then the rows of
 * these ids: the rows of previous pages and of other matches are neither read nor sorted.
 * A {@link CountMode} limits how many notices of a list are counted. Matches of a search
 * are counted up to {@value NoticePage#MAX_COUNTED}.
 */
@Component
class NoticeQueries {

	private static final String COLUMNS = "n.id, n.title, n.body, m.id AS author_id, m.name, n.created_at, n.version";

	private static final String ROWS = " JOIN notices n ON n.id = k.id LEFT JOIN members m ON m.id = n.author_id ORDER BY ";

	/** One more than is counted, which shows that there are more. */
	static final int COUNT_LIMIT = NoticePage.MAX_COUNTED + 1;

	private final JdbcClient jdbc;

	NoticeQueries(JdbcClient jdbc) {
		this.jdbc = jdbc;
	}

	private record Row(NoticeView notice, long total) {

	}

	Optional<NoticeView> find(long id) {
		return rows("SELECT " + COLUMNS + ", 1 AS total FROM notices n LEFT JOIN members m ON m.id = n.author_id"
				+ " WHERE n.id = :id", Map.of("id", id))
			.stream()
			.map(Row::notice)
			.findFirst();
	}

	NoticePage list(int page, int size, NoticeSort sort, CountMode countMode) {
		return list("FROM notices x", Map.of(), page, size, sort, countMode);
	}

	NoticePage listBy(long authorId, int page, int size, CountMode countMode) {
		return list("FROM notices x WHERE x.author_id = :author", Map.of("author", authorId), page, size,
				NoticeSort.NEWEST, countMode);
	}

	/**
	 * Reads one row more than the page has, which shows whether another page follows.
	 * Beyond the last page, all notices are counted, to link back to the last page.
	 */
	private NoticePage list(String from, Map<String, Object> parameters, int page, int size, NoticeSort sort,
			CountMode countMode) {
		String ids = "SELECT x.id, x." + sort.column() + " " + from + " ORDER BY " + sort.by("x")
				+ " LIMIT :offset, :rows";
		List<Row> rows = rows("SELECT " + COLUMNS + ", (" + countMode.count(from) + ") AS total FROM (" + ids + ") k"
				+ ROWS + sort.by("k"), limited(parameters, Math.multiplyExact(page, size), size + 1));
		long total = total(rows, CountMode.EXACT.count(from), parameters, page);
		boolean exact = rows.isEmpty() || countMode.isExact(total);
		boolean hasNext = rows.size() > size;
		return new NoticePage(notices(hasNext ? rows.subList(0, size) : rows), page, size,
				exact ? total : NoticePage.MAX_COUNTED, exact, hasNext);
	}

	/**
	 * The full-text index returns all matches, unordered. The first matches in the order
	 * of the list are sorted out and counted in the same statement, since a second search
	 * would cost as much again. A search is paged to the end of these.
	 */
	NoticePage search(SearchTerms terms, int page, int size, NoticeSort sort) {
		Map<String, Object> parameters = Map.of("terms", terms.inBooleanMode());
		String found = "SELECT x.id, x." + sort.column()
				+ " FROM notices x WHERE MATCH (x.title, x.body) AGAINST (:terms IN BOOLEAN MODE) ORDER BY "
				+ sort.by("x") + " LIMIT " + COUNT_LIMIT;
		String ids = "SELECT f.id, f." + sort.column() + ", COUNT(*) OVER () AS total FROM (" + found + ") f ORDER BY "
				+ sort.by("f") + " LIMIT :offset, :rows";
		int offset = Math.multiplyExact(page, size);
		int most = Math.max(0, Math.min(size, NoticePage.MAX_COUNTED - offset));
		List<Row> rows = rows("SELECT " + COLUMNS + ", k.total FROM (" + ids + ") k" + ROWS + sort.by("k"),
				limited(parameters, offset, most));
		long total = total(rows, "SELECT COUNT(*) FROM (" + found + ") c", parameters, page);
		long counted = Math.min(total, NoticePage.MAX_COUNTED);
		return new NoticePage(notices(rows), page, size, counted, counted == total, (long) offset + size < counted);
	}

	private static Map<String, Object> limited(Map<String, Object> parameters, int offset, int rows) {
		Map<String, Object> all = new HashMap<>(parameters);
		all.put("offset", offset);
		all.put("rows", rows);
		return all;
	}

	private List<Row> rows(String sql, Map<String, ?> parameters) {
		return this.jdbc.sql(sql).params(parameters).query(NoticeQueries::row).list();
	}

	/**
	 * The total is a column of the rows, so a page costs one round trip. Only a page
	 * beyond the last one has no rows and needs a second query.
	 */
	private long total(List<Row> rows, String count, Map<String, Object> parameters, int page) {
		if (!rows.isEmpty() || page == 0) {
			return rows.isEmpty() ? 0 : rows.get(0).total();
		}
		return this.jdbc.sql(count).params(parameters).query(Long.class).single();
	}

	private static List<NoticeView> notices(List<Row> rows) {
		return rows.stream().map(Row::notice).toList();
	}

	/** By index, which costs the driver less than by name. */
	private static Row row(ResultSet row, int number) throws SQLException {
		NoticeAuthor author = NoticeAuthor.of(row.getObject(4, Long.class), row.getString(5));
		Instant createdAt = row.getObject(6, LocalDateTime.class).toInstant(ZoneOffset.UTC);
		return new Row(
				new NoticeView(row.getLong(1), row.getString(2), row.getString(3), author, createdAt, row.getInt(7)),
				row.getLong(8));
	}

}
