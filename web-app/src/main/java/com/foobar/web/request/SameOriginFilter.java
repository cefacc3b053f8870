package com.foobar.web.request;

import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Rejects unsafe requests that a browser sends from a page of another site. A request
 * without {@code Sec-Fetch-Site} and {@code Origin} does not come from a browser, so no
 * other site can have caused it.
 */
@Component
@Order(FilterOrder.SAME_ORIGIN)
class SameOriginFilter extends OncePerRequestFilter {

	private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		if (SAFE_METHODS.contains(request.getMethod()) || isSameOrigin(request)) {
			chain.doFilter(request, response);
		}
		else {
			Refusal.send(request, response, HttpStatus.FORBIDDEN,
					"This request was sent by a page of another site; only pages of this site may change data");
		}
	}

	private static boolean isSameOrigin(HttpServletRequest request) {
		String fetchSite = request.getHeader("Sec-Fetch-Site");
		if (fetchSite != null) {
			return fetchSite.equals("same-origin") || fetchSite.equals("none");
		}
		String origin = request.getHeader(HttpHeaders.ORIGIN);
		return origin == null || origin.toLowerCase(Locale.ROOT).equals(ownOrigin(request));
	}

	private static String ownOrigin(HttpServletRequest request) {
		URI url = URI.create(request.getRequestURL().toString());
		return (url.getScheme() + "://" + url.getRawAuthority()).toLowerCase(Locale.ROOT);
	}

}
