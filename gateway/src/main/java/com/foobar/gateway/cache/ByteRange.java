package com.foobar.gateway.cache;

import java.time.Instant;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * The range of a stored response that a request asks for (RFC 9110, section 14).
 *
 * @param first position of its first byte
 * @param last position of its last byte
 * @param length bytes of the whole content
 */
record ByteRange(int first, int last, int length) {

	private static final Pattern ONE_RANGE = Pattern.compile("bytes=(\\d*)-(\\d*)", Pattern.CASE_INSENSITIVE);

	/**
	 * The single range that a request asks for.
	 * @param request headers of a GET with {@code Range}
	 * @param stored a complete response
	 * @return null for several ranges, an unsatisfiable one, another unit, or an
	 * {@code If-Range} that does not match: the request is forwarded
	 */
	static @Nullable ByteRange of(HttpHeaders request, CachedResponse stored) {
		List<String> ranges = request.getAll(HttpHeaderNames.RANGE);
		Matcher range = ONE_RANGE.matcher(ranges.get(0));
		if (ranges.size() != 1 || !range.matches() || !isOf(stored, request.get(HttpHeaderNames.IF_RANGE))) {
			return null;
		}
		int length = stored.body().readableBytes();
		return range.group(1).isEmpty() ? suffix(range.group(2), length)
				: range(range.group(1), range.group(2), length);
	}

	private static @Nullable ByteRange range(String from, String to, int length) {
		long first = CacheControl.number(from);
		long last = to.isEmpty() ? length - 1L : Math.min(CacheControl.number(to), length - 1L);
		return (first <= last) ? new ByteRange((int) first, (int) last, length) : null;
	}

	private static @Nullable ByteRange suffix(String bytes, int length) {
		int wanted = (int) Math.min(CacheControl.number(bytes), length);
		return (wanted > 0) ? new ByteRange(length - wanted, length - 1, length) : null;
	}

	// RFC 9110, section 13.1.5: only a strong validator guarantees the same bytes.
	private static boolean isOf(CachedResponse stored, @Nullable String condition) {
		if (condition == null) {
			return true;
		}
		HttpHeaders headers = stored.headers();
		if (condition.startsWith("\"")) {
			return condition.equals(headers.get(HttpHeaderNames.ETAG));
		}
		Instant modified = HeaderValues.date(headers, HttpHeaderNames.LAST_MODIFIED);
		Instant date = HeaderValues.date(headers, HttpHeaderNames.DATE);
		return modified != null && date != null && modified.isBefore(date)
				&& condition.equals(headers.get(HttpHeaderNames.LAST_MODIFIED));
	}

	/** How many bytes it has. */
	int size() {
		return this.last - this.first + 1;
	}

	/** The value of {@code Content-Range}. */
	String contentRange() {
		return "bytes " + this.first + "-" + this.last + "/" + this.length;
	}

}
