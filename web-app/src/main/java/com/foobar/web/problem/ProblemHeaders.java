package com.foobar.web.problem;

import org.springframework.http.HttpHeaders;

/**
 * An exception whose status demands headers, such as {@code Retry-After}.
 */
@FunctionalInterface
public interface ProblemHeaders {

	/**
	 * Add them to the answer.
	 * @param headers the answer's headers
	 */
	void addTo(HttpHeaders headers);

}
