package com.foobar.web.notices;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.persistence.EntityManager;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;

import org.springframework.stereotype.Component;

/**
 * Reads notices together with their authors' names, one statement for each question. A
 * list first finds the ids of its page, which an index holds in the order of the list,
 * and only then reads those rows: neither the rows of the pages before it nor those of
 * other matches are read whole, or sorted. How many notices a list has is counted as far
 * as {@link Counted} says; matches are counted up to {@value NoticePage#MOST_COUNTED}.
 */
@Component
class NoticeQueries {

	private static final String COLUMNS = "n.id, n.title, n.body, m.id AS author_id, m.name, n.created_at, n.version";

	private static final String ROWS = " JOIN notices n ON n.id = k.id LEFT JOIN members m ON m.id = n.author_id ORDER BY ";

	/** One more than is counted, which tells that there are more. */
	static final int ENOUGH = NoticePage.MOST_COUNTED + 1;

	private final EntityManager entityManager;

	NoticeQueries(EntityManager entityManager) {
		this.entityManager = entityManager;
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

	NoticePage list(int page, int size, NoticeSort sort, Counted counted) {
		return list("FROM notices x", Map.of(), page, size, sort, counted);
	}

	NoticePage listBy(long authorId, int page, int size, Counted counted) {
		return list("FROM notices x WHERE x.author_id = :author", Map.of("author", authorId), page, size,
				NoticeSort.NEWEST, counted);
	}

	/**
	 * A row more than the page has tells whether another page follows it. Behind the last
	 * page all are counted, however far: it is the way back that is looked for there.
	 */
	private NoticePage list(String from, Map<String, Object> parameters, int page, int size, NoticeSort sort,
			Counted counted) {
		String ids = "SELECT x.id, x." + sort.column() + " " + from + " ORDER BY " + sort.by("x")
				+ " LIMIT :offset, :rows";
		List<Row> rows = rows("SELECT " + COLUMNS + ", (" + counted.count(from) + ") AS total FROM (" + ids + ") k"
				+ ROWS + sort.by("k"), limited(parameters, Math.multiplyExact(page, size), size + 1));
		long total = total(rows, Counted.ALL.count(from), parameters, page);
		boolean exact = rows.isEmpty() || counted.isExact(total);
		boolean hasNext = rows.size() > size;
		return new NoticePage(notices(hasNext ? rows.subList(0, size) : rows), page, size,
				exact ? total : NoticePage.MOST_COUNTED, exact, hasNext);
	}

	/**
	 * The full-text index finds all matches, in no order that helps. The first of them in
	 * the order of the list are kept, and counted where they are: asking the index a
	 * second time would cost as much again. A search leads no further than to these.
	 */
	NoticePage search(SearchTerms terms, int page, int size, NoticeSort sort) {
		Map<String, Object> parameters = Map.of("terms", terms.inBooleanMode());
		String found = "SELECT x.id, x." + sort.column()
				+ " FROM notices x WHERE MATCH (x.title, x.body) AGAINST (:terms IN BOOLEAN MODE) ORDER BY "
				+ sort.by("x") + " LIMIT " + ENOUGH;
		String ids = "SELECT f.id, f." + sort.column() + ", COUNT(*) OVER () AS total FROM (" + found + ") f ORDER BY "
				+ sort.by("f") + " LIMIT :offset, :rows";
		int offset = Math.multiplyExact(page, size);
		int most = Math.max(0, Math.min(size, NoticePage.MOST_COUNTED - offset));
		List<Row> rows = rows("SELECT " + COLUMNS + ", k.total FROM (" + ids + ") k" + ROWS + sort.by("k"),
				limited(parameters, offset, most));
		long total = total(rows, "SELECT COUNT(*) FROM (" + found + ") c", parameters, page);
		long counted = Math.min(total, NoticePage.MOST_COUNTED);
		return new NoticePage(notices(rows), page, size, counted, counted == total, (long) offset + size < counted);
	}

	private static Map<String, Object> limited(Map<String, Object> parameters, int offset, int rows) {
		Map<String, Object> all = new HashMap<>(parameters);
		all.put("offset", offset);
		all.put("rows", rows);
		return all;
	}

	/**
	 * Not as a stream: one that is not read to its end keeps its statement open beyond
	 * the commit, and the connection cannot go back to its pool without a round trip.
	 */
	private List<Row> rows(String sql, Map<String, Object> parameters) {
		NativeQuery<Object[]> query = this.entityManager.unwrap(Session.class)
			.createNativeQuery(sql, Object[].class)
			.addScalar("id", Long.class)
			.addScalar("title", String.class)
			.addScalar("body", String.class)
			.addScalar("author_id", Long.class)
			.addScalar("name", String.class)
			.addScalar("created_at", Instant.class)
			.addScalar("version", Integer.class)
			.addScalar("total", Long.class);
		parameters.forEach(query::setParameter);
		return query.getResultList().stream().map(NoticeQueries::row).toList();
	}

	/**
	 * The total comes with the rows, so that a page costs one round trip; only a page
	 * behind the last one has no row to bring it.
	 */
	private long total(List<Row> rows, String count, Map<String, Object> parameters, int page) {
		if (!rows.isEmpty() || page == 0) {
			return rows.isEmpty() ? 0 : rows.get(0).total();
		}
		NativeQuery<Long> query = this.entityManager.unwrap(Session.class).createNativeQuery(count, Long.class);
		parameters.forEach(query::setParameter);
		return query.getSingleResult();
	}

	private static List<NoticeView> notices(List<Row> rows) {
		return rows.stream().map(Row::notice).toList();
	}

	private static Row row(Object[] columns) {
		NoticeAuthor author = NoticeAuthor.of((Long) columns[3], (String) columns[4]);
		return new Row(new NoticeView((Long) columns[0], (String) columns[1], (String) columns[2], author,
				(Instant) columns[5], (Integer) columns[6]), (Long) columns[7]);
	}

}
