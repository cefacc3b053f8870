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

import com.foobar.web.problem.Refusal;

/**
 * Refuses requests that change something and that a browser sends for another site's
 * page. A request without any of the headers that browsers add comes from a program,
 * which acts on nobody's behalf but its own.
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
					"This was sent by a page of another site, and only this site's own pages may change anything");
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
