package com.foobar.web.notices;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Objects;

import com.foobar.web.database.ReadOnly;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.server.ResponseStatusException;

import com.foobar.web.members.SignedIn;

/**
 * Lists, finds, posts, changes and deletes notices. Thread-safe.
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
	 * List notices and count all of them.
	 * @param text words to search for, {@code null} to list all. Words that the full-text
	 * index does not contain (short and very common ones) are ignored; if no word is
	 * left, nothing is found. A search is paged to the first
	 * {@value NoticePage#MAX_COUNTED} matches in its order
	 * @param page the number of the page, from zero
	 * @param size the maximum number of notices of a page
	 * @param sort the order
	 * @return the page
	 */
	@ReadOnly
	public NoticePage list(@Nullable String text, int page, int size, NoticeSort sort) {
		return list(text, page, size, sort, CountMode.EXACT);
	}

	/**
	 * List notices for the site: as {@link #list}, but counted only up to
	 * {@value NoticePage#MAX_COUNTED}, since counting dominates on a large board.
	 * @param text words to search for, {@code null} to list all
	 * @param page the number of the page, from zero
	 * @param size the maximum number of notices of a page
	 * @param sort the order
	 * @return the page
	 */
	@ReadOnly
	public NoticePage browse(@Nullable String text, int page, int size, NoticeSort sort) {
		return list(text, page, size, sort, CountMode.CAPPED);
	}

	private NoticePage list(@Nullable String text, int page, int size, NoticeSort sort, CountMode countMode) {
		if (text == null || text.isBlank()) {
			return this.queries.list(page, size, sort, countMode);
		}
		SearchTerms terms = SearchTerms.parse(text);
		return terms.isEmpty() ? NoticePage.empty(page, size) : this.queries.search(terms, page, size, sort);
	}

	/**
	 * Find a notice.
	 * @param id the notice's id
	 * @return the notice
	 * @throws ResponseStatusException 404 if there is none
	 */
	@ReadOnly
	public NoticeView find(long id) {
		return this.queries.find(id).orElseThrow(() -> notFound(id));
	}

	/**
	 * Find a notice for the form that changes it.
	 * @param id the notice's id
	 * @param by the signed-in member
	 * @return the notice
	 * @throws ResponseStatusException 404 if there is none, 403 if the member must not
	 * change it
	 */
	@ReadOnly
	public NoticeView findToChange(long id, SignedIn by) {
		NoticeView notice = find(id);
		checkAuthor(id, notice.author().id(), by);
		return notice;
	}

	/**
	 * List the notices of one member, newest first, counted up to
	 * {@value NoticePage#MAX_COUNTED}.
	 * @param authorId the member's id
	 * @param page the number of the page, from zero
	 * @param size the maximum number of notices of a page
	 * @return the page
	 */
	@ReadOnly
	public NoticePage browseBy(long authorId, int page, int size) {
		return this.queries.listBy(authorId, page, size, CountMode.CAPPED);
	}

	/**
	 * Find a notice on the primary, to show the version that an edit conflicts with. A
	 * replica may not have it yet.
	 * @param id the notice's id
	 * @return the notice
	 * @throws ResponseStatusException 404 if there is none
	 */
	@Transactional
	public NoticeView findNewest(long id) {
		return find(id);
	}

	/**
	 * Post a notice.
	 * @param draft a valid draft
	 * @param author the signed-in member
	 * @return the notice
	 * @throws ResponseStatusException 403 if the author was removed
	 */
	@Transactional
	public NoticeView post(NoticeDraft draft, SignedIn author) {
		Notice notice = new Notice(author.id(), title(draft), body(draft),
				this.clock.instant().truncatedTo(ChronoUnit.MICROS));
		try {
			return this.notices.saveAndFlush(notice).view(new NoticeAuthor(author.id(), author.name()));
		}
		catch (DataIntegrityViolationException ex) {
			throw new ResponseStatusException(HttpStatus.FORBIDDEN, "Your membership was removed", ex);
		}
	}

	/**
	 * Change the title and body of a notice.
	 * @param id the notice's id
	 * @param draft a valid draft
	 * @param expected the versions that the client has read
	 * @param by the signed-in member
	 * @return the changed notice
	 * @throws ResponseStatusException 404 if there is none, 403 if the member must not
	 * change it
	 * @throws VersionMismatchException if the notice has another version
	 * @throws org.springframework.dao.OptimisticLockingFailureException if it is changed
	 * concurrently
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
	 * @param expected the versions that the client has read
	 * @param by the signed-in member
	 * @throws ResponseStatusException 404 if there is none, 403 if the member must not
	 * delete it
	 * @throws VersionMismatchException if the notice has another version
	 * @throws org.springframework.dao.OptimisticLockingFailureException if it is changed
	 * concurrently
	 */
	@Transactional
	public void delete(long id, ExpectedVersion expected, SignedIn by) {
		this.notices.delete(load(id, expected, by));
		this.notices.flush();
	}

	private Notice load(long id, ExpectedVersion expected, SignedIn by) {
		Notice notice = this.notices.findById(id).orElseThrow(() -> notFound(id));
		checkAuthor(id, notice.authorId(), by);
		if (!expected.accepts(notice.version())) {
			throw new VersionMismatchException(id, notice.version());
		}
		return notice;
	}

	private static ResponseStatusException notFound(long id) {
		return new ResponseStatusException(HttpStatus.NOT_FOUND, "There is no notice " + id);
	}

	private static void checkAuthor(long id, @Nullable Long authorId, SignedIn by) {
		if (!by.mayChange(authorId)) {
			throw new ResponseStatusException(HttpStatus.FORBIDDEN,
					"Notice " + id + " has another author; only its author or an administrator may change it");
		}
	}

	private static String title(NoticeDraft draft) {
		return Objects.requireNonNull(draft.title(), "title");
	}

	private static String body(NoticeDraft draft) {
		return Objects.requireNonNull(draft.body(), "body");
	}

}
