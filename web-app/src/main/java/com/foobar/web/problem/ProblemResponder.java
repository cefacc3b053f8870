package com.foobar.web.problem;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.servlet.ModelAndView;

/**
 * Makes an answer of a problem: a page for who prefers HTML, problem details for
 * everybody else, also for who would accept neither.
 */
final class ProblemResponder {

	private static final String VIEW = "problem/problem";

	private ProblemResponder() {
	}

	/**
	 * Answer with a problem.
	 * @param problem what happened
	 * @param accept the client's {@code Accept} header
	 * @param path the address that was asked for
	 * @param requestId the id under which the logs tell more
	 * @return a {@link ModelAndView} or a {@link ResponseEntity}, to be returned by a
	 * handler method
	 */
	static Object respond(Problem problem, @Nullable String accept, String path, @Nullable String requestId) {
		return prefersHtml(accept) ? page(problem, requestId) : details(problem, path, requestId);
	}

	static String path(HttpServletRequest request) {
		Object original = request.getAttribute("jakarta.servlet.error.request_uri");
		return (original != null) ? original.toString() : request.getRequestURI();
	}

	private static ModelAndView page(Problem problem, @Nullable String requestId) {
		ModelAndView page = new ModelAndView(VIEW);
		page.setStatus(problem.status());
		page.addObject("status", problem.status().value());
		page.addObject("title", title(problem));
		page.addObject("detail", problem.detail());
		page.addObject("errors", problem.errors());
		page.addObject("requestId", requestId);
		return page;
	}

	private static ResponseEntity<ProblemDetail> details(Problem problem, String path, @Nullable String requestId) {
		ProblemDetail body = ProblemDetail.forStatusAndDetail(problem.status(), problem.detail());
		body.setTitle(title(problem));
		body.setInstance(instance(path));
		if (!problem.errors().isEmpty()) {
			body.setProperty("errors", problem.errors());
		}
		if (requestId != null) {
			body.setProperty("requestId", requestId);
		}
		HttpHeaders headers = new HttpHeaders();
		headers.putAll(problem.headers());
		headers.setContentType(MediaType.APPLICATION_PROBLEM_JSON);
		headers.setCacheControl("no-store");
		return ResponseEntity.status(problem.status()).headers(headers).body(body);
	}

	/**
	 * A path that is no URI, which only a server less strict than Tomcat lets through.
	 */
	private static @Nullable URI instance(String path) {
		try {
			return new URI(path);
		}
		catch (URISyntaxException ex) {
			return null;
		}
	}

	private static String title(Problem problem) {
		HttpStatus known = HttpStatus.resolve(problem.status().value());
		return (known != null) ? known.getReasonPhrase() : "Error";
	}

	/**
	 * Whether HTML comes before JSON in what a client accepts. A client that accepts
	 * anything is a program: browsers name HTML.
	 */
	static boolean prefersHtml(@Nullable String accept) {
		if (accept == null) {
			return false;
		}
		try {
			List<MediaType> accepted = MediaType.parseMediaTypes(accept);
			MimeTypeUtils.sortBySpecificity(accepted);
			for (MediaType type : accepted) {
				if (type.isCompatibleWith(MediaType.APPLICATION_JSON)
						|| type.isCompatibleWith(MediaType.APPLICATION_PROBLEM_JSON)) {
					return false;
				}
				if (type.equalsTypeAndSubtype(MediaType.TEXT_HTML)
						|| type.equalsTypeAndSubtype(MediaType.APPLICATION_XHTML_XML)) {
					return true;
				}
			}
		}
		catch (InvalidMediaTypeException ex) {
			return false;
		}
		return false;
	}

}
