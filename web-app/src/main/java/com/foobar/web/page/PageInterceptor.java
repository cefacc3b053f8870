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
 * Says of every page who may keep it, and tells it whether the database takes changes. A
 * page for nobody in particular is the same for everybody; one for a member is that
 * member's alone.
 */
class PageInterceptor implements HandlerInterceptor {

	private static final String PAUSED = "paused";

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
			page.getModel().putIfAbsent(PAUSED, isWritingPaused());
		}
	}

	private boolean isWritingPaused() {
		Topology watched = this.topology.getIfAvailable();
		return watched != null && !watched.snapshot().canWrite();
	}

}
