package com.foobar.web.route;

import java.io.IOException;
import java.util.function.LongSupplier;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Follows each request and tells its route in the {@code Server-Timing} header. The
 * header is written at the last moment at which that is possible, because the database is
 * asked while the answer is being made.
 */
class RouteFilter extends OncePerRequestFilter {

	private static final String SERVER_TIMING = "Server-Timing";

	/** Set by the gateway, which takes it from nobody else. */
	private static final String FORWARDED = "X-Forwarded-Proto";

	private final String instance;

	private final RouteRecorder recorder;

	private final LongSupplier nanoClock;

	RouteFilter(String instance, RouteRecorder recorder, LongSupplier nanoClock) {
		this.instance = instance;
		this.recorder = recorder;
		this.nanoClock = nanoClock;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		Route route = new Route(this.instance, request.getHeader(FORWARDED) != null, this.nanoClock);
		request.setAttribute(Route.ATTRIBUTE, route);
		BeforeCommitResponse watched = new BeforeCommitResponse(response,
				() -> response.setHeader(SERVER_TIMING, route.serverTiming()));
		this.recorder.start(route);
		try {
			chain.doFilter(request, watched);
		}
		finally {
			this.recorder.stop();
			watched.beforeCommit();
		}
	}

}
