package com.foobar.web.notices.web;

/**
 * How far and how wide lists may be read in one request.
 */
final class Paging {

	/** Longest search text, in characters. */
	static final int MAX_QUERY = 200;

	/** Last page that can be asked for: the database reads what lies before a page. */
	static final int MAX_PAGE = 10_000;

	/** Most items on a page. */
	static final int MAX_SIZE = 100;

	private Paging() {
	}

}
