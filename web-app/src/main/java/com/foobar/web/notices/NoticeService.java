package com.foobar.web.notices;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

import com.foobar.web.database.ReadOnly;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

import com.foobar.web.members.SignedIn;

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
	 * List notices, all of them counted.
	 * @param text words to search for; nothing lists all. Words that the full-text index
	 * does not hold (short ones, very common ones) are ignored; if no other is left,
	 * nothing is found. A search leads to the first {@value NoticePage#MOST_COUNTED}
	 * matches in its order
	 * @param page which page, counted from zero
	 * @param size most notices on a page
	 * @param sort in which order
	 * @return the page
	 */
	@ReadOnly
	public NoticePage list(@Nullable String text, int page, int size, NoticeSort sort) {
		return list(text, page, size, sort, Counted.ALL);
	}

	/**
	 * List notices for somebody who looks at them: the same, but counted no further than
	 * {@value NoticePage#MOST_COUNTED}, which is what takes time on a large board.
	 * @param text words to search for; nothing lists all
	 * @param page which page, counted from zero
	 * @param size most notices on a page
	 * @param sort in which order
	 * @return the page
	 */
	@ReadOnly
	public NoticePage browse(@Nullable String text, int page, int size, NoticeSort sort) {
		return list(text, page, size, sort, Counted.TO_THE_BOUND);
	}

	private NoticePage list(@Nullable String text, int page, int size, NoticeSort sort, Counted counted) {
		if (text == null || text.isBlank()) {
			return this.queries.list(page, size, sort, counted);
		}
		SearchTerms terms = SearchTerms.parse(text);
		return terms.isEmpty() ? NoticePage.empty(page, size) : this.queries.search(terms, page, size, sort);
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
	 * Find a notice for a form that changes it: one that could not be sent is not shown.
	 * @param id the notice's id
	 * @param by who wants to change it
	 * @return the notice
	 * @throws NoticeNotFoundException if there is none
	 * @throws NotTheAuthorException if somebody else wrote it
	 */
	@ReadOnly
	public NoticeView findToChange(long id, SignedIn by) {
		NoticeView notice = find(id);
		if (!by.mayChange(notice.author().id())) {
			throw new NotTheAuthorException(id);
		}
		return notice;
	}

	/**
	 * List what one member wrote, newest first, counted no further than
	 * {@value NoticePage#MOST_COUNTED}.
	 * @param authorId the member's id
	 * @param page which page, counted from zero
	 * @param size most notices on a page
	 * @return the page
	 */
	@ReadOnly
	public NoticePage browseBy(long authorId, int page, int size) {
		return this.queries.listBy(authorId, page, size, Counted.TO_THE_BOUND);
	}

	/**
	 * Find a notice as the primary has it, to show what an edit collided with: a replica
	 * may not know it yet.
	 * @param id the notice's id
	 * @return the notice
	 * @throws NoticeNotFoundException if there is none
	 */
	@Transactional
	public NoticeView findNewest(long id) {
		return find(id);
	}

	/**
	 * Post a notice.
	 * @param draft a valid draft
	 * @param author who writes it
	 * @return the notice
	 * @throws AuthorRemovedException if the author is no member any more
	 */
	@Transactional
	public NoticeView post(NoticeDraft draft, SignedIn author) {
		Notice notice = new Notice(author.id(), title(draft), body(draft),
				this.clock.instant().truncatedTo(ChronoUnit.MICROS));
		try {
			return this.notices.saveAndFlush(notice).view(new NoticeAuthor(author.id(), author.name()));
		}
		catch (DataIntegrityViolationException ex) {
			throw new AuthorRemovedException(ex);
		}
	}

	/**
	 * Change what a notice says.
	 * @param id the notice's id
	 * @param draft a valid draft
	 * @param expected the versions that the client has seen
	 * @param by who changes it
	 * @return the changed notice
	 * @throws NoticeNotFoundException if there is none
	 * @throws NotTheAuthorException if somebody else wrote it
	 * @throws VersionMismatchException if the notice has changed since
	 * @throws org.springframework.dao.OptimisticLockingFailureException if it changes at
	 * this moment
	 */
	@Transactional
	public NoticeView change(long id, NoticeDraft draft, ExpectedVersion expected, SignedIn by) {
		Notice notice = load(id, expected, by);
		notice.change(title(draft), body(draft));
		this.notices.saveAndFlush(notice);
		return find(id);
	}

	/**
	 * Delete a notice.
	 * @param id the notice's id
	 * @param expected the versions that the client has seen
	 * @param by who deletes it
	 * @throws NoticeNotFoundException if there is none
	 * @throws NotTheAuthorException if somebody else wrote it
	 * @throws VersionMismatchException if the notice has changed since
	 * @throws org.springframework.dao.OptimisticLockingFailureException if it changes at
	 * this moment
	 */
	@Transactional
	public void delete(long id, ExpectedVersion expected, SignedIn by) {
		this.notices.delete(load(id, expected, by));
		this.notices.flush();
	}

	private Notice load(long id, ExpectedVersion expected, SignedIn by) {
		Notice notice = this.notices.findById(id).orElseThrow(() -> new NoticeNotFoundException(id));
		if (!by.mayChange(notice.authorId())) {
			throw new NotTheAuthorException(id);
		}
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
