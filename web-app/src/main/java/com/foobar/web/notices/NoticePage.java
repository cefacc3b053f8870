package com.foobar.web.notices;

import java.util.List;

/**
 * One page of a list.
 *
 * @param items the notices on it
 * @param page which page, counted from zero
 * @param size most notices on a page
 * @param total notices on all pages; of a search, and of a list that is only looked at,
 * counted up to {@value #MOST_COUNTED}
 * @param totalIsExact whether that is all of them; otherwise there are more
 * @param hasNext whether another page follows. Lists go on to their end; a search leads
 * to the first {@value #MOST_COUNTED} matches in its order
 */
public record NoticePage(List<NoticeView> items, int page, int size, long total, boolean totalIsExact,
		boolean hasNext) {

	/**
	 * Up to where readers are told how many there are: counting what lies behind it costs
	 * time with every page, and is of use to none of them.
	 */
	public static final int MOST_COUNTED = 1000;

	public NoticePage {
		items = List.copyOf(items);
	}

	/**
	 * A list without any notice.
	 * @param page which page was asked for
	 * @param size most notices on a page
	 * @return the empty page
	 */
	static NoticePage empty(int page, int size) {
		return new NoticePage(List.of(), page, size, 0, true, false);
	}

	/**
	 * Which page is the last one, as far as notices are counted.
	 * @return counted from zero; zero if there is none
	 */
	public int lastCountedPage() {
		return (int) Math.max(0, (this.total - 1) / this.size);
	}

	/**
	 * Which page to go back to: behind the end that is not the one before.
	 * @return counted from zero
	 */
	public int previousPage() {
		int previous = Math.max(0, this.page - 1);
		return this.items.isEmpty() ? Math.min(previous, lastCountedPage()) : previous;
	}

}
