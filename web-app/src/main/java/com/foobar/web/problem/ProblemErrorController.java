package com.foobar.web.problem;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.RequestMapping;

/**
 * Answers what the servlet container reports: refusals by filters, and exceptions that no
 * controller was there to throw.
 */
@Controller
class ProblemErrorController implements ErrorController {

	private static final Logger logger = LoggerFactory.getLogger(ProblemErrorController.class);

	@RequestMapping("${spring.web.error.path:/error}")
	Object error(HttpServletRequest request, HttpServletResponse response) {
		Problem problem = problem(request);
		return ProblemResponder.respond(problem, request.getHeader(HttpHeaders.ACCEPT), ProblemResponder.path(request),
				response.getHeader("X-Request-Id"));
	}

	private static Problem problem(HttpServletRequest request) {
		if (request.getAttribute(Refusal.ATTRIBUTE) instanceof Problem refusal) {
			return refusal;
		}
		if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable failure) {
			Problem problem = ProblemTranslator.translate(failure);
			if (problem.status().is5xxServerError()) {
				logger.error("{} failed", ProblemResponder.path(request), failure);
			}
			return problem;
		}
		HttpStatusCode status = (request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE) instanceof Integer code)
				? HttpStatusCode.valueOf(code) : HttpStatus.NOT_FOUND;
		return new Problem(status, ProblemTranslator.detail(status));
	}

}
