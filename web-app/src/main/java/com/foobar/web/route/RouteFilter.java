package com.foobar.web.route;

import java.io.IOException;
import java.util.function.LongSupplier;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Records the route of each request and returns it in the {@code Server-Timing} header.
 * The header is written as late as possible, because statements run while the response is
 * produced.
 */
class RouteFilter extends OncePerRequestFilter {

	/** Set by the gateway, which drops the header of clients. */
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
		ServerTimingResponse timed = new ServerTimingResponse(response, route::serverTiming);
		this.recorder.start(route);
		try {
			chain.doFilter(request, timed);
		}
		finally {
			this.recorder.stop();
			timed.addServerTiming();
		}
	}

}
