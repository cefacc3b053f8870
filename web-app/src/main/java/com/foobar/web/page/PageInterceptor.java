package com.foobar.web.page;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.ModelAndView;

import com.foobar.routing.Topology;
import com.foobar.web.sessions.Sessions;

/**
 * Sets the caching headers of every page, and whether the database accepts changes. A
 * page for a guest is the same for all guests; a page for a signed-in member is private.
 */
class PageInterceptor implements HandlerInterceptor {

	static final String READ_ONLY = "readOnly";

	private final ObjectProvider<Topology> topology;

	PageInterceptor(ObjectProvider<Topology> topology) {
		this.topology = topology;
	}

	@Override
	public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
		boolean personal = request.getAttribute(Sessions.ATTRIBUTE) != null;
		response.setHeader(HttpHeaders.CACHE_CONTROL, personal ? "private, no-cache" : "no-cache");
		response.addHeader(HttpHeaders.VARY, HttpHeaders.COOKIE);
		return true;
	}

	@Override
	public void postHandle(HttpServletRequest request, HttpServletResponse response, Object handler,
			@Nullable ModelAndView page) {
		String view = (page != null) ? page.getViewName() : null;
		if (page != null && view != null && !view.startsWith("redirect:")) {
			page.getModel().putIfAbsent(READ_ONLY, isReadOnly());
		}
	}

	private boolean isReadOnly() {
		Topology current = this.topology.getIfAvailable();
		return current != null && !current.snapshot().canWrite();
	}

}
