package com.foobar.gateway.cache;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * Parses values of headers: lists, separated by commas (RFC 9110, section 5.6.1), and
 * dates in the three formats of RFC 9110, section 5.6.7, and no other: a date that cannot
 * be parsed must not make a response fresh (RFC 9111, section 5.3). The case of letters
 * is ignored in dates, as RFC 9111, section 4.2, asks for.
 */
final class HeaderValues {

	private static final String MONTH = "(?<month>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)";

	private static final String TIME = "(?<hour>\\d\\d):(?<minute>\\d\\d):(?<second>\\d\\d)";

	private static final String SHORT_DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)";

	private static final Pattern PREFERRED = pattern(
			SHORT_DAY + ", (?<day>\\d\\d) " + MONTH + " (?<year>\\d{4}) " + TIME + " GMT");

	private static final Pattern RFC_850 = pattern("(?:Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday), "
			+ "(?<day>\\d\\d)-" + MONTH + "-(?<year>\\d\\d) " + TIME + " GMT");

	private static final Pattern ASCTIME = pattern(
			SHORT_DAY + " " + MONTH + " (?<day>\\d\\d| \\d) " + TIME + " (?<year>\\d{4})");

	private static final List<String> MONTHS = List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep",
			"oct", "nov", "dec");

	/** A year of two digits further ahead is in the past. */
	private static final int MAX_YEARS_AHEAD = 50;

	private HeaderValues() {
	}

	private static Pattern pattern(String text) {
		return Pattern.compile(text, Pattern.CASE_INSENSITIVE);
	}

	/**
	 * The date in a header of a message.
	 * @return null if there is none, if it cannot be parsed, or if several differ
	 */
	static @Nullable Instant date(HttpHeaders headers, CharSequence name) {
		List<String> values = headers.getAll(name);
		if (values.isEmpty() || values.stream().distinct().count() > 1) {
			return null;
		}
		return parseDate(values.get(0), Year.now(ZoneOffset.UTC));
	}

	/**
	 * Parses a date. The day of the week is not checked.
	 * @param text the value of a header
	 * @param now the current year
	 * @return null if it has another format or is not in the calendar
	 */
	static @Nullable Instant parseDate(String text, Year now) {
		for (Pattern pattern : List.of(PREFERRED, RFC_850, ASCTIME)) {
			Matcher date = pattern.matcher(text);
			if (date.matches()) {
				return instant(date, now);
			}
		}
		return null;
	}

	private static @Nullable Instant instant(Matcher date, Year now) {
		String year = date.group("year");
		int second = number(date, "second");
		try {
			return LocalDateTime
				.of((year.length() == 2) ? century(Integer.parseInt(year), now.getValue()) : Integer.parseInt(year),
						MONTHS.indexOf(date.group("month").toLowerCase(Locale.ROOT)) + 1, number(date, "day"),
						number(date, "hour"), number(date, "minute"), (second == 60) ? 59 : second)
				// A leap second, which Java's calendar does not have.
				.plusSeconds((second == 60) ? 1 : 0)
				.toInstant(ZoneOffset.UTC);
		}
		catch (DateTimeException ex) {
			return null;
		}
	}

	private static int number(Matcher date, String group) {
		return Integer.parseInt(date.group(group).strip());
	}

	private static int century(int year, int now) {
		int full = now - now % 100 + year;
		if (full > now + MAX_YEARS_AHEAD) {
			return full - 100;
		}
		return (full <= now + MAX_YEARS_AHEAD - 100) ? full + 100 : full;
	}

	/**
	 * The members, without empty ones. A comma inside a quoted string separates nothing.
	 * If a quoted string is not closed, all commas separate, so that no member is hidden
	 * in it.
	 */
	static List<String> split(String value) {
		List<String> members = split(value, true);
		return (members != null) ? members : Objects.requireNonNull(split(value, false));
	}

	private static @Nullable List<String> split(String value, boolean quotations) {
		List<String> members = new ArrayList<>();
		StringBuilder member = new StringBuilder();
		boolean quoted = false;
		for (int i = 0; i < value.length(); i++) {
			char c = value.charAt(i);
			if (c == '"' && quotations) {
				quoted = !quoted;
			}
			if (c == '\\' && quoted && i + 1 < value.length()) {
				member.append(c).append(value.charAt(++i));
			}
			else if (c == ',' && !quoted) {
				add(members, member);
			}
			else {
				member.append(c);
			}
		}
		if (quoted) {
			return null;
		}
		add(members, member);
		return members;
	}

	private static void add(List<String> members, StringBuilder member) {
		String text = member.toString().strip();
		if (!text.isEmpty()) {
			members.add(text);
		}
		member.setLength(0);
	}

}
