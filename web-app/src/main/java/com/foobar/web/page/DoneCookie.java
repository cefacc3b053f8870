package com.foobar.web.page;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.web.util.WebUtils;

import com.foobar.web.route.Route;

/**
 * Carries "this was done" over the redirect to whichever instance serves the next page.
 * Input like any other: it is only ever shown, and only if it has the expected form.
 */
public final class DoneCookie {

	static final String NAME = "done";

	private static final Duration MAX_AGE = Duration.ofMinutes(1);

	private static final String LABEL = "[A-Za-z0-9][A-Za-z0-9._:-]{0,63}";

	private static final Pattern FORM = Pattern
		.compile("(?<deed>posted|changed|deleted|removed)-(?<id>\\d{1,18})(?:/(?<instance>" + LABEL + ")/(?<node>"
				+ LABEL + "))?");

	private DoneCookie() {
	}

	/**
	 * What was done: the first three with a notice, the last with a member.
	 */
	public enum Deed {

		POSTED, CHANGED, DELETED, REMOVED

	}

	/**
	 * What the next page tells.
	 *
	 * @param deed what was done
	 * @param id to which notice or member
	 * @param instance the instance that took it, if the route is shown
	 * @param node the database node that stored it, if the route is shown
	 */
	public record Done(String deed, long id, @Nullable String instance, @Nullable String node) {

	}

	/**
	 * Have the next page tell.
	 * @param deed what was done
	 * @param id to which notice or member
	 * @param request the request that did it
	 * @param response the answer, a redirect
	 */
	public static void write(Deed deed, long id, HttpServletRequest request, HttpServletResponse response) {
		Route route = (request.getAttribute(Route.ATTRIBUTE) instanceof Route taken) ? taken : null;
		String value = value(deed, id, route);
		response.addHeader(HttpHeaders.SET_COOKIE, cookie(value, MAX_AGE, request.isSecure()));
	}

	static String value(Deed deed, long id, @Nullable Route route) {
		StringBuilder value = new StringBuilder(deed.name().toLowerCase(Locale.ROOT)).append('-').append(id);
		if (route != null && !route.getNodes().isEmpty()) {
			String node = route.getNodes().get(route.getNodes().size() - 1);
			if (route.getInstance().matches(LABEL) && node.matches(LABEL)) {
				value.append('/').append(route.getInstance()).append('/').append(node);
			}
		}
		return value.toString();
	}

	/**
	 * Read the cookie and have it removed.
	 * @param request what came
	 * @param response the page that tells
	 * @return what was done, nothing if there is nothing to tell
	 */
	public static @Nullable Done take(HttpServletRequest request, HttpServletResponse response) {
		Cookie cookie = WebUtils.getCookie(request, NAME);
		if (cookie == null || cookie.getValue() == null) {
			return null;
		}
		response.addHeader(HttpHeaders.SET_COOKIE, cookie("", Duration.ZERO, request.isSecure()));
		return parse(cookie.getValue());
	}

	static @Nullable Done parse(String value) {
		Matcher matcher = FORM.matcher(value);
		return matcher.matches() ? new Done(matcher.group("deed"), Long.parseLong(matcher.group("id")),
				matcher.group("instance"), matcher.group("node")) : null;
	}

	private static String cookie(String value, Duration maxAge, boolean secure) {
		return ResponseCookie.from(NAME, value)
			.path("/")
			.httpOnly(true)
			.secure(secure)
			.sameSite("Lax")
			.maxAge(maxAge)
			.build()
			.toString();
	}

}
