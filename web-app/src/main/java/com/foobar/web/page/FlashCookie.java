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
 * Carries a confirmation across a redirect, to the instance that serves the next page.
 * The cookie is untrusted input: it is only shown, and only in the expected format.
 */
public final class FlashCookie {

	static final String NAME = "flash";

	private static final Duration MAX_AGE = Duration.ofMinutes(1);

	private static final String LABEL = "[A-Za-z0-9][A-Za-z0-9._:-]{0,63}";

	private static final Pattern FORMAT = Pattern
		.compile("(?<action>posted|changed|deleted|removed)-(?<id>\\d{1,18})(?:/(?<instance>" + LABEL + ")/(?<node>"
				+ LABEL + "))?");

	private FlashCookie() {
	}

	/**
	 * What happened: the first three to a notice, the last to a member.
	 */
	public enum Action {

		POSTED, CHANGED, DELETED, REMOVED

	}

	/**
	 * The confirmation that the next page shows.
	 *
	 * @param action what happened
	 * @param id the notice or member
	 * @param instance the instance that handled the request, if the route is shown
	 * @param node the database node that stored the change, if the route is shown
	 */
	public record Flash(String action, long id, @Nullable String instance, @Nullable String node) {

	}

	/**
	 * Make the next page show a confirmation.
	 * @param action what happened
	 * @param id the notice or member
	 * @param request the request that caused it
	 * @param response its response, a redirect
	 */
	public static void write(Action action, long id, HttpServletRequest request, HttpServletResponse response) {
		Route route = (request.getAttribute(Route.ATTRIBUTE) instanceof Route recorded) ? recorded : null;
		String value = value(action, id, route);
		response.addHeader(HttpHeaders.SET_COOKIE, cookie(value, MAX_AGE, request.isSecure()));
	}

	static String value(Action action, long id, @Nullable Route route) {
		StringBuilder value = new StringBuilder(action.name().toLowerCase(Locale.ROOT)).append('-').append(id);
		if (route != null && !route.getNodes().isEmpty()) {
			String node = route.getNodes().get(route.getNodes().size() - 1);
			if (route.getInstance().matches(LABEL) && node.matches(LABEL)) {
				value.append('/').append(route.getInstance()).append('/').append(node);
			}
		}
		return value.toString();
	}

	/**
	 * Read the cookie and remove it.
	 * @param request the request
	 * @param response the response with the page that shows the confirmation
	 * @return the confirmation, {@code null} if there is none
	 */
	public static @Nullable Flash take(HttpServletRequest request, HttpServletResponse response) {
		Cookie cookie = WebUtils.getCookie(request, NAME);
		if (cookie == null || cookie.getValue() == null) {
			return null;
		}
		response.addHeader(HttpHeaders.SET_COOKIE, cookie("", Duration.ZERO, request.isSecure()));
		return parse(cookie.getValue());
	}

	static @Nullable Flash parse(String value) {
		Matcher matcher = FORMAT.matcher(value);
		return matcher.matches() ? new Flash(matcher.group("action"), Long.parseLong(matcher.group("id")),
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
