package com.foobar.web.sessions;

import java.io.IOException;
import java.util.List;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

import com.foobar.web.members.SignedIn;

/**
 * Authenticates the request with the sign-in of its cookie.
 */
class SessionFilter extends OncePerRequestFilter {

	/** The authority of administrators. */
	static final String ADMINISTRATOR = "ROLE_ADMINISTRATOR";

	private final Sessions sessions;

	SessionFilter(Sessions sessions) {
		this.sessions = sessions;
	}

	/** Responses of shared caches must not set a cookie. */
	@Override
	protected boolean shouldNotFilter(HttpServletRequest request) {
		return request.getRequestURI().startsWith("/assets/");
	}

	@Override
	protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
			throws ServletException, IOException {
		SignedIn member = this.sessions.find(request, response);
		if (member != null) {
			request.setAttribute(Sessions.ATTRIBUTE, member);
			SecurityContext context = SecurityContextHolder.createEmptyContext();
			context.setAuthentication(UsernamePasswordAuthenticationToken.authenticated(member, null,
					member.administrator() ? List.of(new SimpleGrantedAuthority(ADMINISTRATOR)) : List.of()));
			SecurityContextHolder.setContext(context);
		}
		chain.doFilter(request, response);
	}

}
