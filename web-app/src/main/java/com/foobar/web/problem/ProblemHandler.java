package com.foobar.web.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Answers every exception that leaves a controller. What is our fault is logged, with its
 * trace; a database that is away is one line, because its trace tells nothing more.
 */
@ControllerAdvice
class ProblemHandler {

	private static final Logger logger = LoggerFactory.getLogger(ProblemHandler.class);

	@ExceptionHandler
	@Nullable Object handle(Exception failure, HttpServletRequest request, HttpServletResponse response) {
		if (response.isCommitted() || failure instanceof AsyncRequestNotUsableException
				|| DisconnectedClientHelper.isClientDisconnectedException(failure)) {
			logger.debug("The client left before it was answered", failure);
			return null;
		}
		Problem problem = ProblemTranslator.translate(failure);
		if (DatabaseOutage.causes(failure)) {
			logger.warn("{} {}: database unavailable: {}", request.getMethod(), request.getRequestURI(),
					DatabaseOutage.reason(failure));
		}
		else if (problem.status().is5xxServerError()) {
			logger.error("{} {} failed", request.getMethod(), request.getRequestURI(), failure);
		}
		HttpHeaders headers = problem.headers();
		headers.forEach((name, values) -> values.forEach((value) -> response.setHeader(name, value)));
		return ProblemResponder.respond(
				new Problem(problem.status(), problem.detail(), problem.errors(), HttpHeaders.EMPTY),
				request.getHeader(HttpHeaders.ACCEPT), ProblemResponder.path(request),
				response.getHeader("X-Request-Id"));
	}

}
