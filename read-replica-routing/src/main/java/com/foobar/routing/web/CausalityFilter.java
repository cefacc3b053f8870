package com.foobar.routing.web;

import java.io.IOException;

import com.foobar.routing.Causality;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.WebUtils;

/**
 * Makes each request a scope of its own, which begins with the token of the request: of
 * the header {@code Read-After} if there is one, of the cookie {@code read_after}
 * otherwise. A request that has written gets the new token back, in the header, and in
 * the cookie unless it came with the header. A cookie of which nothing turned out to be
 * true is taken back.
 * <p>
 * The token is written as soon as the answer's body is asked for, since the answer may be
 * on its way before the request ends. What is committed after the first bytes left is not
 * carried.
 */
public final class CausalityFilter extends OncePerRequestFilter implements Ordered {

	/** Outside of whatever may write while it ends a request, such as a session store. */
	private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 40;

	/** By then every replica that may be read has the writes, or is not read any more. */
	private static final int COOKIE_SECONDS = 600;

	private static final String SCOPE = CausalityFilter.class.getName() + ".SCOPE";

	/** The text that the response has already. */
	private static final String WRITTEN = CausalityFilter.class.getName() + ".WRITTEN";

	private final Causality causality;

	/**
	 * Create a filter.
	 * @param causality what the work at hand depends on
	 */
	public CausalityFilter(Causality causality) {
		this.causality = causality;
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	/** The scope of a request goes on where it is dispatched again. */
	@Override
	protected boolean shouldNotFilterAsyncDispatch() {
		return false;
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		String header = request.getHeader(TokenCarrier.HEADER);
		Causality.Scope scope = (request.getAttribute(SCOPE) instanceof Causality.Scope begun) ? begun.enter()
				: this.causality.open(this.causality.receive((header != null) ? header : cookie(request)));
		try {
			request.setAttribute(SCOPE, scope);
			CarryingResponse carrying = new CarryingResponse(response,
					() -> write(scope, header == null, request, response));
			chain.doFilter(request, carrying);
			carrying.write();
		}
		finally {
			scope.close();
		}
	}

	private static @Nullable String cookie(HttpServletRequest request) {
		Cookie cookie = WebUtils.getCookie(request, TokenCarrier.COOKIE);
		return (cookie != null) ? cookie.getValue() : null;
	}

	private static void write(Causality.Scope scope, boolean withCookie, HttpServletRequest request,
			HttpServletResponse response) {
		String text = scope.token().toString();
		if (!scope.hasAdvanced() || response.isCommitted() || text.equals(request.getAttribute(WRITTEN))) {
			return;
		}
		// What the request came with was lost or made up: its sender need not come with
		// it again.
		boolean forget = text.isEmpty() && withCookie && cookie(request) != null;
		if (text.isEmpty() && !forget) {
			return;
		}
		request.setAttribute(WRITTEN, text);
		if (!forget) {
			response.setHeader(TokenCarrier.HEADER, text);
		}
		if (withCookie) {
			response.addCookie(newCookie(text, request));
		}
	}

	private static Cookie newCookie(String text, HttpServletRequest request) {
		Cookie cookie = new Cookie(TokenCarrier.COOKIE, text);
		String path = request.getContextPath();
		cookie.setPath(path.isEmpty() ? "/" : path);
		cookie.setMaxAge(text.isEmpty() ? 0 : COOKIE_SECONDS);
		cookie.setHttpOnly(true);
		cookie.setSecure(request.isSecure());
		cookie.setAttribute("SameSite", "Lax");
		return cookie;
	}

}
