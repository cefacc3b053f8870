package com.foobar.web.notices.web;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

import org.springframework.web.util.UriComponentsBuilder;

import com.foobar.web.members.SignedIn;
import com.foobar.web.notices.NoticePage;

/**
 * A list of notices as pages show it. Immutable.
 *
 * @param readable whether the notices could be read
 * @param items the notices of this page
 * @param total the number of notices on all pages, as far as counted
 * @param count the same as text
 * @param page the number of the page, from zero
 * @param previous the previous page, {@code null} on the first one
 * @param next the next page, {@code null} on the last one
 * @param place the number of the page as text, with the number of pages if known
 * @param q the search text
 * @param sort the order, {@code null} for the default
 */
record BoardPage(boolean readable, List<ShownNotice> items, long total, String count, int page,
		@Nullable Integer previous, @Nullable Integer next, String place, @Nullable String q, @Nullable String sort) {

	static final BoardPage UNREADABLE = new BoardPage(false, List.of(), 0, "", 0, null, null, "", null, null);

	static BoardPage of(NoticePage list, @Nullable String q, @Nullable String sort, @Nullable SignedIn reader) {
		return new BoardPage(true, list.items().stream().map((notice) -> ShownNotice.of(notice, reader)).toList(),
				list.total(), count(list), list.page(), (list.page() > 0) ? list.previousPage() : null,
				list.hasNext() ? list.page() + 1 : null, place(list), (q == null || q.isBlank()) ? null : q.strip(),
				sort);
	}

	private static String count(NoticePage list) {
		String number = String.format(Locale.ENGLISH, "%,d", list.total());
		return list.totalIsExact() ? number : "more than " + number;
	}

	private static String place(NoticePage list) {
		String page = "Page " + (list.page() + 1);
		return list.totalIsExact() ? page + " of " + (list.lastCountedPage() + 1) : page;
	}

	/**
	 * The title of the page, which contains the search and the page number. Public
	 * because templates call it.
	 */
	public String title() {
		String shown = (this.page > 0) ? "page " + (this.page + 1) : "";
		if (this.q != null) {
			return this.q + (shown.isEmpty() ? "" : ", " + shown) + " · foobar";
		}
		return shown.isEmpty() ? "foobar · a notice board" : "Notices, " + shown + " · foobar";
	}

	/**
	 * The URL of another page of the same list. Public because templates call it.
	 */
	public String link(String path, int target) {
		UriComponentsBuilder link = UriComponentsBuilder.fromPath(path);
		if (this.q != null) {
			link.queryParam("q", "{q}");
		}
		if (this.sort != null) {
			link.queryParam("sort", this.sort);
		}
		link.queryParam("page", target);
		return (this.q != null) ? link.encode().buildAndExpand(this.q).toUriString() : link.build().toUriString();
	}

}
