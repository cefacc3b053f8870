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
 * Runs each request in a scope of its own, which starts with the token of the request:
 * that of the header {@code Read-After} if there is one, otherwise that of the cookie
 * {@code read_after}. The response to a request that has written carries the new token,
 * in the header, and in the cookie unless the request had the header. A cookie whose
 * transactions are all unknown to the database is deleted.
 * <p>
 * The token is set when the body of the response is requested, since the response may be
 * committed before the request ends. Later commits are not in the token.
 */
public final class CausalityFilter extends OncePerRequestFilter implements Ordered {

	/**
	 * Outside of filters that may write at the end of a request, such as a session store.
	 */
	private static final int ORDER = Ordered.HIGHEST_PRECEDENCE + 40;

	/** After this time every eligible replica has the writes. */
	private static final int COOKIE_SECONDS = 600;

	private static final String SCOPE = CausalityFilter.class.getName() + ".SCOPE";

	/** The token that the response has already. */
	private static final String WRITTEN = CausalityFilter.class.getName() + ".WRITTEN";

	private final Causality causality;

	/**
	 * Create a filter.
	 * @param causality the writes that reads of the current scope must see
	 */
	public CausalityFilter(Causality causality) {
		this.causality = causality;
	}

	@Override
	public int getOrder() {
		return ORDER;
	}

	/** The scope of a request continues in its async dispatches. */
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
			BeforeCommitResponse wrapped = new BeforeCommitResponse(response,
					() -> write(scope, header == null, request, response));
			chain.doFilter(request, wrapped);
			wrapped.beforeCommit();
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
		// All transactions of the request's token were lost or forged.
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
