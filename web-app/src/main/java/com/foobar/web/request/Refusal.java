package com.foobar.web.request;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/**
 * Rejects a request before it reaches a controller.
 */
public final class Refusal {

	private static final String ATTRIBUTE = Refusal.class.getName();

	private Refusal() {
	}

	/**
	 * End a request with an error, which the error dispatch renders.
	 * @param request the request
	 * @param response its response, not committed yet
	 * @param status the status of the response
	 * @param detail the reason, shown to the client
	 * @throws IOException if the client is disconnected
	 */
	public static void send(HttpServletRequest request, HttpServletResponse response, HttpStatus status, String detail)
			throws IOException {
		request.setAttribute(ATTRIBUTE, new ResponseStatusException(status, detail));
		response.sendError(status.value());
	}

	/**
	 * Find why a request was rejected.
	 * @param request the request, in its error dispatch
	 * @return the error, or {@code null} if no filter rejected the request
	 */
	public static @Nullable ResponseStatusException of(HttpServletRequest request) {
		return (ResponseStatusException) request.getAttribute(ATTRIBUTE);
	}

}
