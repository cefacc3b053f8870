package com.foobar.web.request;

import org.springframework.core.Ordered;

/**
 * The order of the filters. What the log lines and responses of the others need comes
 * first.
 */
public final class FilterOrder {

	/** Gives the request its id. */
	public static final int REQUEST_ID = Ordered.HIGHEST_PRECEDENCE;

	/** Records the route of the request. */
	public static final int ROUTE = REQUEST_ID + 10;

	/** Adds security headers to every response, errors included. */
	public static final int SECURITY_HEADERS = REQUEST_ID + 20;

	/** Rejects unsafe requests from pages of other sites. */
	public static final int SAME_ORIGIN = REQUEST_ID + 30;

	/** Rejects bodies that are too large. */
	public static final int BODY_LIMIT = REQUEST_ID + 40;

	/** Adds ETags made from the content. */
	public static final int CONTENT_TAG = REQUEST_ID + 50;

	private FilterOrder() {
	}

}
