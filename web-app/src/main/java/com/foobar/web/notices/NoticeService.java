package com.foobar.web.notices;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

import com.foobar.web.database.ReadOnly;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Everything that is done with notices. Thread-safe.
 */
@Service
public class NoticeService {

	private final Notices notices;

	private final NoticeQueries queries;

	private final Clock clock;

	NoticeService(Notices notices, NoticeQueries queries, Clock clock) {
		this.notices = notices;
		this.queries = queries;
		this.clock = clock;
	}

	/**
	 * List notices.
	 * @param text words to search for; nothing lists all. Words that the full-text index
	 * does not hold (short ones, very common ones) are ignored; if no other is left,
	 * nothing is found
	 * @param page which page, counted from zero
	 * @param size most notices on a page
	 * @param sort in which order
	 * @return the page
	 */
	@ReadOnly
	public NoticePage list(@Nullable String text, int page, int size, NoticeSort sort) {
		if (text == null || text.isBlank()) {
			return this.queries.list(page, size, sort);
		}
		SearchTerms terms = SearchTerms.parse(text);
		return terms.isEmpty() ? new NoticePage(List.of(), page, size, 0)
				: this.queries.search(terms, page, size, sort);
	}

	/**
	 * Find a notice.
	 * @param id the notice's id
	 * @return the notice
	 * @throws NoticeNotFoundException if there is none
	 */
	@ReadOnly
	public NoticeView find(long id) {
		return this.queries.find(id).orElseThrow(() -> new NoticeNotFoundException(id));
	}

	/**
	 * Post a notice as a guest.
	 * @param draft a valid draft
	 * @return the notice
	 */
	@Transactional
	public NoticeView post(NoticeDraft draft) {
		Notice notice = new Notice(title(draft), body(draft), this.clock.instant().truncatedTo(ChronoUnit.MICROS));
		return this.notices.saveAndFlush(notice).view(NoticeAuthor.GUEST);
	}

	/**
	 * Change what a notice says.
	 * @param id the notice's id
	 * @param draft a valid draft
	 * @param expected the versions that the client has seen
	 * @return the changed notice
	 * @throws NoticeNotFoundException if there is none
	 * @throws VersionMismatchException if the notice has changed since
	 * @throws org.springframework.dao.OptimisticLockingFailureException if it changes at
	 * this moment
	 */
	@Transactional
	public NoticeView change(long id, NoticeDraft draft, ExpectedVersion expected) {
		Notice notice = load(id, expected);
		notice.change(title(draft), body(draft));
		this.notices.saveAndFlush(notice);
		return find(id);
	}

	/**
	 * Delete a notice.
	 * @param id the notice's id
	 * @param expected the versions that the client has seen
	 * @throws NoticeNotFoundException if there is none
	 * @throws VersionMismatchException if the notice has changed since
	 * @throws org.springframework.dao.OptimisticLockingFailureException if it changes at
	 * this moment
	 */
	@Transactional
	public void delete(long id, ExpectedVersion expected) {
		this.notices.delete(load(id, expected));
		this.notices.flush();
	}

	private Notice load(long id, ExpectedVersion expected) {
		Notice notice = this.notices.findById(id).orElseThrow(() -> new NoticeNotFoundException(id));
		if (!expected.accepts(notice.version())) {
			throw new VersionMismatchException(id, notice.version());
		}
		return notice;
	}

	private static String title(NoticeDraft draft) {
		return Objects.requireNonNull(draft.title(), "title");
	}

	private static String body(NoticeDraft draft) {
		return Objects.requireNonNull(draft.body(), "body");
	}

}
