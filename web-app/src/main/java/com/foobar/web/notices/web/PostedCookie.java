package com.foobar.web.notices.web;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

import com.foobar.web.notices.NoticeView;
import com.foobar.web.route.Route;

/**
 * Carries "this was posted" over the redirect to whichever instance serves the next page.
 * Input like any other: it is only ever shown, and only if it has the expected form.
 */
final class PostedCookie {

	static final String NAME = "posted";

	private static final Duration MAX_AGE = Duration.ofMinutes(1);

	private static final String LABEL = "[A-Za-z0-9][A-Za-z0-9._:-]{0,63}";

	private static final Pattern FORM = Pattern
		.compile("(?<id>\\d{1,18})(?:/(?<instance>" + LABEL + ")/(?<node>" + LABEL + "))?");

	private PostedCookie() {
	}

	/**
	 * What the next page tells of a notice that was just posted.
	 *
	 * @param id the notice
	 * @param instance the instance that took it, if the route is shown
	 * @param node the database node that stored it, if the route is shown
	 */
	record Posted(long id, @Nullable String instance, @Nullable String node) {

	}

	static ResponseCookie write(NoticeView notice, @Nullable Route route, boolean secure) {
		StringBuilder value = new StringBuilder().append(notice.id());
		if (route != null && !route.getNodes().isEmpty()) {
			String node = route.getNodes().get(route.getNodes().size() - 1);
			if (route.getInstance().matches(LABEL) && node.matches(LABEL)) {
				value.append('/').append(route.getInstance()).append('/').append(node);
			}
		}
		return cookie(value.toString(), MAX_AGE, secure);
	}

	static ResponseCookie remove(boolean secure) {
		return cookie("", Duration.ZERO, secure);
	}

	static @Nullable Posted read(HttpServletRequest request) {
		Cookie cookie = WebUtils.getCookie(request, NAME);
		if (cookie == null || cookie.getValue() == null) {
			return null;
		}
		Matcher matcher = FORM.matcher(cookie.getValue());
		if (!matcher.matches()) {
			return null;
		}
		return new Posted(Long.parseLong(matcher.group("id")), matcher.group("instance"), matcher.group("node"));
	}

	static boolean isPresent(HttpServletRequest request) {
		return WebUtils.getCookie(request, NAME) != null;
	}

	private static ResponseCookie cookie(String value, Duration maxAge, boolean secure) {
		return ResponseCookie.from(NAME, value)
			.path("/")
			.httpOnly(true)
			.secure(secure)
			.sameSite("Lax")
			.maxAge(maxAge)
			.build();
	}

}
