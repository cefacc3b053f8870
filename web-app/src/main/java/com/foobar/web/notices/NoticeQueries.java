package com.foobar.web.notices;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;

import org.springframework.stereotype.Component;

/**
 * Reads notices together with their authors' names, one statement for each question. The
 * statements select columns, not entities: what only is shown needs no persistence
 * context.
 */
@Component
class NoticeQueries {

	private static final String COLUMNS = "n.id, n.title, n.body, m.id, m.name, n.createdAt, n.version";

	private static final String FROM = " from Notice n left join Member m on m.id = n.authorId";

	private static final String MATCHES = " where text_match(n.title, n.body, :terms) > 0";

	private final EntityManager entityManager;

	NoticeQueries(EntityManager entityManager) {
		this.entityManager = entityManager;
	}

	Optional<NoticeView> find(long id) {
		// Not as a stream: one that is not read to its end keeps its statement open
		// beyond the
		// commit, and the connection cannot go back to its pool without a round trip.
		return Optional
			.ofNullable(this.entityManager.createQuery("select " + COLUMNS + FROM + " where n.id = :id", Tuple.class)
				.setParameter("id", id)
				.getSingleResultOrNull())
			.map(NoticeQueries::view);
	}

	NoticePage list(int page, int size, NoticeSort sort) {
		return list("", Map.of(), page, size, sort);
	}

	NoticePage listBy(long authorId, int page, int size) {
		return list(" where n.authorId = :author", Map.of("author", authorId), page, size, NoticeSort.NEWEST);
	}

	NoticePage search(SearchTerms terms, int page, int size, NoticeSort sort) {
		return list(MATCHES, Map.of("terms", terms.inBooleanMode()), page, size, sort);
	}

	/**
	 * The total comes with the rows, so that a page costs one round trip; only a page
	 * behind the last one has no row to bring it.
	 */
	private NoticePage list(String where, Map<String, Object> parameters, int page, int size, NoticeSort sort) {
		String count = "(select count(n.id) from Notice n" + where + ")";
		TypedQuery<Tuple> query = this.entityManager.createQuery(
				"select " + COLUMNS + ", " + count + FROM + where + " order by " + sort.orderBy(), Tuple.class);
		parameters.forEach(query::setParameter);
		List<Tuple> rows = query.setFirstResult(Math.multiplyExact(page, size)).setMaxResults(size).getResultList();
		long total = 0;
		if (!rows.isEmpty()) {
			total = rows.get(0).get(7, Long.class);
		}
		else if (page > 0) {
			TypedQuery<Long> counting = this.entityManager.createQuery("select count(n.id) from Notice n" + where,
					Long.class);
			parameters.forEach(counting::setParameter);
			total = counting.getSingleResult();
		}
		return new NoticePage(rows.stream().map(NoticeQueries::view).toList(), page, size, total);
	}

	private static NoticeView view(Tuple row) {
		return new NoticeView(row.get(0, Long.class), row.get(1, String.class), row.get(2, String.class),
				NoticeAuthor.of(row.get(3, Long.class), row.get(4, String.class)), row.get(5, Instant.class),
				row.get(6, Integer.class));
	}

}
