package com.foobar.web.problem;

import java.util.List;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;

/**
 * An error, in words that a client may read. Immutable.
 *
 * @param status the HTTP status
 * @param detail what happened and what to do
 * @param errors what is wrong with which field; may be empty
 * @param headers what the status demands, such as {@code Allow} or {@code Retry-After}
 */
record Problem(HttpStatusCode status, String detail, List<FieldProblem> errors, HttpHeaders headers) {

	Problem {
		errors = List.copyOf(errors);
		headers = HttpHeaders.readOnlyHttpHeaders(headers);
	}

	Problem(HttpStatusCode status, String detail) {
		this(status, detail, List.of(), HttpHeaders.EMPTY);
	}

}
