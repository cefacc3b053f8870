package com.foobar.web.request;

import java.util.UUID;
import java.util.regex.Pattern;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * The id by which a request is found in the logs of every hop.
 */
public final class RequestId {

	/** The header that carries it, in and out. */
	public static final String HEADER = "X-Request-Id";

	/** The key of the logging context. */
	static final String MDC_KEY = "requestId";

	private static final String ATTRIBUTE = RequestId.class.getName();

	/**
	 * What may stand in a log line and a header without harm. The gateway's rule: with
	 * another one, header and problem details would name different ids.
	 */
	private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9._:=-]{1,128}");

	private RequestId() {
	}

	/**
	 * Find the id of a request.
	 * @param request the request
	 * @return its id, or nothing before it was given one
	 */
	public static @Nullable String of(HttpServletRequest request) {
		return (String) request.getAttribute(ATTRIBUTE);
	}

	static String assign(HttpServletRequest request) {
		String id = request.getHeader(HEADER);
		if (id == null || !ACCEPTABLE.matcher(id).matches()) {
			id = UUID.randomUUID().toString();
		}
		request.setAttribute(ATTRIBUTE, id);
		return id;
	}

}
