package com.foobar.web.notices;

import java.util.List;

/**
 * One page of a list.
 *
 * @param items the notices of the page
 * @param page the number of the page, from zero
 * @param size the maximum number of notices of a page
 * @param total the number of notices on all pages; for a search and on the site counted
 * up to {@value #MAX_COUNTED}
 * @param totalIsExact whether that is the exact number; otherwise there are more
 * @param hasNext whether another page follows. A list is paged to its end, a search to
 * the first {@value #MAX_COUNTED} matches in its order
 */
public record NoticePage(List<NoticeView> items, int page, int size, long total, boolean totalIsExact,
		boolean hasNext) {

	/**
	 * The limit of counting: counting more would slow down every page, and no reader
	 * needs it.
	 */
	public static final int MAX_COUNTED = 1000;

	public NoticePage {
		items = List.copyOf(items);
	}

	/**
	 * An empty page.
	 * @param page the number of the page, from zero
	 * @param size the maximum number of notices of a page
	 * @return the empty page
	 */
	static NoticePage empty(int page, int size) {
		return new NoticePage(List.of(), page, size, 0, true, false);
	}

	/**
	 * The number of the last page, as far as notices are counted.
	 * @return counted from zero, zero if there are no notices
	 */
	public int lastCountedPage() {
		return (int) Math.max(0, (this.total - 1) / this.size);
	}

	/**
	 * The number of the page to go back to: beyond the end, the last page.
	 * @return counted from zero
	 */
	public int previousPage() {
		int previous = Math.max(0, this.page - 1);
		return this.items.isEmpty() ? Math.min(previous, lastCountedPage()) : previous;
	}

}
