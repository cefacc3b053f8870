package com.foobar.web.sessions;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

import com.foobar.web.members.MemberService;
import com.foobar.web.members.SignedIn;
import com.foobar.web.problem.DatabaseOutage;

/**
 * The sign-ins of this site. Instances keep no state: the cookie contains the sign-in,
 * and every instance accepts it. Thread-safe.
 */
public class Sessions {

	/** The request attribute with the {@link SignedIn} member, for pages. */
	public static final String ATTRIBUTE = "signedIn";

	/** With this prefix, browsers accept the cookie only from this host and over TLS. */
	static final String SECURE_COOKIE = "__Host-session";

	static final String PLAIN_COOKIE = "session";

	private static final Logger logger = LoggerFactory.getLogger(Sessions.class);

	private final SessionTokens tokens;

	private final MemberService members;

	private final SessionProperties settings;

	private final Clock clock;

	Sessions(SessionTokens tokens, MemberService members, SessionProperties settings, Clock clock) {
		this.tokens = tokens;
		this.members = members;
		this.settings = settings;
		this.clock = clock;
	}

	/**
	 * Sign a member in.
	 * @param member the authenticated member
	 * @param request the request
	 * @param response its response, which sets the cookie
	 */
	public void start(SignedIn member, HttpServletRequest request, HttpServletResponse response) {
		Session session = Session.start(member, this.clock.instant(), this.settings);
		request.setAttribute(ATTRIBUTE, member);
		write(session, request, response);
	}

	/**
	 * Sign out.
	 * @param request the request
	 * @param response its response, which removes the cookie
	 */
	public void end(HttpServletRequest request, HttpServletResponse response) {
		request.removeAttribute(ATTRIBUTE);
		set(request, response, cookie(request, "", Duration.ZERO));
	}

	/**
	 * Find the signed-in member. Reads the member and renews the cookie if the validation
	 * interval has passed.
	 */
	@Nullable SignedIn find(HttpServletRequest request, HttpServletResponse response) {
		Cookie cookie = WebUtils.getCookie(request, name(request));
		if (cookie == null || cookie.getValue() == null || cookie.getValue().isEmpty()) {
			return null;
		}
		Instant now = this.clock.instant();
		Optional<Session> session = this.tokens.decode(cookie.getValue(), now);
		if (session.isEmpty()) {
			end(request, response);
			return null;
		}
		return session.get().isDue(now, this.settings.validationInterval())
				? revalidate(session.get(), now, request, response) : session.get().member();
	}

	private @Nullable SignedIn revalidate(Session session, Instant now, HttpServletRequest request,
			HttpServletResponse response) {
		try {
			Optional<SignedIn> current = this.members.current(session.member().id())
				.filter((member) -> member.version() == session.member().version());
			if (current.isEmpty()) {
				end(request, response);
				return null;
			}
			write(session.renew(current.get(), now, this.settings), request, response);
			return current.get();
		}
		catch (RuntimeException ex) {
			if (!DatabaseOutage.causes(ex)) {
				throw ex;
			}
			// The token is valid and not expired. The next request tries again.
			logger.debug("Could not read member {}: {}", session.member().id(), DatabaseOutage.reason(ex));
			return session.member();
		}
	}

	private void write(Session session, HttpServletRequest request, HttpServletResponse response) {
		Duration age = Duration.between(this.clock.instant(), session.expiresAt());
		set(request, response, cookie(request, this.tokens.encode(session), age));
	}

	/**
	 * Replaces a cookie that the same response sets: a request that ends a sign-in may
	 * have renewed it before.
	 */
	private static void set(HttpServletRequest request, HttpServletResponse response, String cookie) {
		List<String> others = response.getHeaders(HttpHeaders.SET_COOKIE)
			.stream()
			.filter((other) -> !other.startsWith(name(request) + "="))
			.toList();
		response.setHeader(HttpHeaders.SET_COOKIE, cookie);
		others.forEach((other) -> response.addHeader(HttpHeaders.SET_COOKIE, other));
	}

	private static String name(HttpServletRequest request) {
		return request.isSecure() ? SECURE_COOKIE : PLAIN_COOKIE;
	}

	private static String cookie(HttpServletRequest request, String value, Duration age) {
		return ResponseCookie.from(name(request), value)
			.path("/")
			.httpOnly(true)
			.secure(request.isSecure())
			.sameSite("Lax")
			.maxAge(age)
			.build()
			.toString();
	}

}
