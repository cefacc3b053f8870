package com.foobar.web.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerInterceptor;

import com.foobar.web.sessions.Sessions;

/**
 * Sets the caching headers of every page. A page for a guest is the same for all guests;
 * a page for a signed-in member is private.
 */
class PageInterceptor implements HandlerInterceptor {

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		boolean personal = request.getAttribute(Sessions.ATTRIBUTE) != null;
		response.setHeader(HttpHeaders.CACHE_CONTROL, personal ? "private, no-cache" : "no-cache");
		response.addHeader(HttpHeaders.VARY, HttpHeaders.COOKIE);
		return true;
	}

}
