package com.foobar.web.request;

import org.springframework.core.Ordered;

/**
 * In which order requests pass the filters: first what the others' log lines and answers
 * need.
 */
public final class FilterOrder {

	/** Gives the request its id. */
	public static final int REQUEST_ID = Ordered.HIGHEST_PRECEDENCE;

	/** Follows the request through the application. */
	public static final int ROUTE = REQUEST_ID + 10;

	/** Puts security headers on every answer, refusals included. */
	public static final int SECURITY_HEADERS = REQUEST_ID + 20;

	/** Refuses what other sites' pages send. */
	public static final int SAME_ORIGIN = REQUEST_ID + 30;

	/** Refuses bodies that are too large. */
	public static final int BODY_LIMIT = REQUEST_ID + 40;

	/** Tags answers by their content. */
	public static final int CONTENT_TAG = REQUEST_ID + 50;

	private FilterOrder() {
	}

}
