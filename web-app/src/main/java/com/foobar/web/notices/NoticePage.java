package com.foobar.web.notices;

import java.util.List;

/**
 * One page of a list.
 *
 * @param items the notices on it
 * @param page which page, counted from zero
 * @param size most notices on a page
 * @param total notices on all pages
 */
public record NoticePage(List<NoticeView> items, int page, int size, long total) {

	public NoticePage {
		items = List.copyOf(items);
	}

	/**
	 * Which page is the last one.
	 * @return counted from zero; zero if there is none
	 */
	public int lastPage() {
		return (int) Math.max(0, (this.total - 1) / this.size);
	}

}
