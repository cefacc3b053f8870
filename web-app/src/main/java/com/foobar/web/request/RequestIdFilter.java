package com.foobar.web.request;

import java.io.IOException;
import java.util.UUID;
import java.util.regex.Pattern;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives each request an id, by which it is found in the logs of every hop: accepts the
 * gateway's or generates one, puts it into every log line and returns it.
 */
@Component
@Order(FilterOrder.REQUEST_ID)
public class RequestIdFilter extends OncePerRequestFilter {

	private static final String HEADER = "X-Request-Id";

	private static final String MDC_KEY = "requestId";

	private static final String ATTRIBUTE = RequestIdFilter.class.getName() + ".id";

	/**
	 * Safe in a log line and in a header. The same rule as the gateway's: otherwise the
	 * header and the problem details could name different ids.
	 */
	private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9._:=-]{1,128}");

	RequestIdFilter() {
	}

	/**
	 * Find the id of a request.
	 * @param request the request
	 * @return its id, or {@code null} before this filter
	 */
	public static @Nullable String idOf(HttpServletRequest request) {
		return (String) request.getAttribute(ATTRIBUTE);
	}

	@Override
	protected boolean shouldNotFilterErrorDispatch() {
		return false;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String id = idOf(request);
		if (id == null) {
			String given = request.getHeader(HEADER);
			id = (given != null && ACCEPTABLE.matcher(given).matches()) ? given : UUID.randomUUID().toString();
			request.setAttribute(ATTRIBUTE, id);
		}
		response.setHeader(HEADER, id);
		MDC.put(MDC_KEY, id);
		try {
			chain.doFilter(request, response);
		}
		finally {
			MDC.remove(MDC_KEY);
		}
	}

}
