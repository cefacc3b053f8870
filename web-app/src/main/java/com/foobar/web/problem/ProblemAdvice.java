package com.foobar.web.problem;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import com.foobar.web.request.RequestIdFilter;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.util.MimeTypeUtils;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.util.DisconnectedClientHelper;

/**
 * Renders every error: as a page for clients that prefer HTML, as problem details for all
 * others, including those that accept neither. Server errors are logged with a stack
 * trace. An unavailable database is logged in one line, since the trace adds nothing.
 */
@ControllerAdvice
class ProblemAdvice {

	private static final Logger logger = LoggerFactory.getLogger(ProblemAdvice.class);

	@ExceptionHandler
	@Nullable Object handle(Exception failure, HttpServletRequest request, HttpServletResponse response) {
		if (response.isCommitted() || failure instanceof AsyncRequestNotUsableException
				|| DisconnectedClientHelper.isClientDisconnectedException(failure)) {
			logger.debug("The client disconnected before the response was complete", failure);
			return null;
		}
		ErrorResponse error = Problems.of(failure);
		String path = path(request);
		if (DatabaseOutage.causes(failure)) {
			logger.warn("{} {}: database unavailable: {}", request.getMethod(), path, DatabaseOutage.reason(failure));
		}
		else if (error.getStatusCode().is5xxServerError()) {
			logger.error("{} {} failed", request.getMethod(), path, failure);
		}
		error.getHeaders().forEach((name, values) -> values.forEach((value) -> response.setHeader(name, value)));
		ProblemDetail problem = problem(error, path, RequestIdFilter.idOf(request));
		return prefersHtml(request.getHeader(HttpHeaders.ACCEPT)) ? page(problem)
				: ResponseEntity.status(problem.getStatus())
					.contentType(MediaType.APPLICATION_PROBLEM_JSON)
					.cacheControl(CacheControl.noStore())
					.body(problem);
	}

	/** In an error dispatch, the path of the original request. */
	private static String path(HttpServletRequest request) {
		Object original = request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI);
		return (original != null) ? original.toString() : request.getRequestURI();
	}

	private static ProblemDetail problem(ErrorResponse error, String path, @Nullable String requestId) {
		HttpStatusCode status = error.getStatusCode();
		String detail = error.getBody().getDetail();
		ProblemDetail problem = ProblemDetail.forStatusAndDetail(status,
				(detail != null) ? detail : Problems.detail(status));
		if (HttpStatus.resolve(status.value()) == null) {
			problem.setTitle("Error");
		}
		try {
			problem.setInstance(new URI(path));
		}
		catch (URISyntaxException ex) {
			// Only servers less strict than Tomcat accept a path that is not a URI.
		}
		problem.setProperties(error.getBody().getProperties());
		if (requestId != null) {
			problem.setProperty("requestId", requestId);
		}
		return problem;
	}

	private static ModelAndView page(ProblemDetail problem) {
		Map<String, Object> properties = Objects.requireNonNullElse(problem.getProperties(), Map.of());
		ModelAndView page = new ModelAndView("page/problem");
		page.setStatus(HttpStatusCode.valueOf(problem.getStatus()));
		page.addObject("problem", problem);
		page.addObject("errors", properties.getOrDefault(Problems.ERRORS, List.of()));
		page.addObject("requestId", properties.get("requestId"));
		return page;
	}

	/**
	 * Whether a client lists HTML before JSON. Browsers name HTML; a client that accepts
	 * anything gets JSON.
	 */
	static boolean prefersHtml(@Nullable String accept) {
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
			// The client gets JSON.
		}
		return false;
	}

}
