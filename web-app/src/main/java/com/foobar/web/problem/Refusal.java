package com.foobar.web.problem;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpStatus;

/**
 * Refuses a request before it reaches a controller.
 */
public final class Refusal {

	static final String ATTRIBUTE = Refusal.class.getName();

	private Refusal() {
	}

	/**
	 * End a request with a problem.
	 * @param request the request
	 * @param response its response, not committed yet
	 * @param status the status to answer with
	 * @param detail why, in a client's words
	 * @throws IOException if the client is gone
	 */
	public static void send(HttpServletRequest request, HttpServletResponse response, HttpStatus status, String detail)
			throws IOException {
		request.setAttribute(ATTRIBUTE, new Problem(status, detail));
		response.sendError(status.value());
	}

}
