package com.foobar.gateway.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import com.foobar.gateway.http.ForwardedHeaders;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A stored response. Immutable: its headers and body must not be changed.
 *
 * @param status its status code
 * @param headers its end-to-end headers
 * @param body its content, which is read from a duplicate and cannot be released
 * @param varies the request's values of the headers that {@code Vary} names
 * @param control its directives
 * @param received when it was received or revalidated
 * @param initialAge its age then
 * @param lifetime its freshness lifetime
 */
record CachedResponse(int status, HttpHeaders headers, ByteBuf body, Map<String, String> varies, CacheControl control,
		Instant received, Duration initialAge, Duration lifetime) {

	/**
	 * Headers that a 304 does not update: it has no content, so these do not describe the
	 * stored bytes. Content-Length is set for each response.
	 */
	private static final Set<String> NOT_UPDATED = caseInsensitive("Content-Encoding", "Content-Range", "Content-MD5",
			"Content-Digest", "Content-Length");

	/** Of one exchange only, or set for each response. */
	private static final Set<String> NOT_STORED = caseInsensitive("Server-Timing", "X-Request-Id", "Cache-Status",
			"Content-Length");

	/** Approximate memory of an entry besides its body and headers. */
	private static final int OVERHEAD = 512;

	/**
	 * A response without its content.
	 * @param status its status code
	 * @param headers its end-to-end headers
	 * @param varies the request's values of the headers that {@code Vary} names
	 * @param requested when its request was sent
	 * @param received when it was received
	 */
	static CachedResponse of(int status, HttpHeaders headers, Map<String, String> varies, Instant requested,
			Instant received) {
		CacheControl control = CacheControl.of(headers);
		Instant date = HeaderValues.date(headers, HttpHeaderNames.DATE);
		return new CachedResponse(status, headers, Unpooled.EMPTY_BUFFER, varies, control, received,
				initialAge(headers, date, requested, received),
				lifetime(control, headers, (date != null) ? date : received));
	}

	/** A copy of the headers of a response that are stored. */
	static HttpHeaders storedHeaders(HttpHeaders headers) {
		HttpHeaders stored = new DefaultHttpHeaders();
		ForwardedHeaders.copyEndToEnd(headers, stored, NOT_STORED::contains);
		return stored;
	}

	private static Set<String> caseInsensitive(String... names) {
		Set<String> set = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
		set.addAll(Set.of(names));
		return set;
	}

	/**
	 * The request's values of the headers that select a response, by its header
	 * {@code Vary} (RFC 9110, section 12.5.5).
	 * @param response headers of the response
	 * @param request headers of its request, as the client sent them
	 * @return by name; null if the response depends on more than the client's headers
	 */
	static @Nullable Map<String, String> varies(HttpHeaders response, HttpHeaders request) {
		if (!response.contains(HttpHeaderNames.VARY)) {
			return Map.of();
		}
		Map<String, String> varies = new TreeMap<>();
		for (String value : response.getAll(HttpHeaderNames.VARY)) {
			for (String name : HeaderValues.split(value)) {
				// Headers that the gateway sets differ between clients whose requests are
				// the same.
				if (name.equals("*") || ForwardedHeaders.isReserved(name)) {
					return null;
				}
				varies.put(name.toLowerCase(Locale.ROOT), varyValue(request, name));
			}
		}
		return Map.copyOf(varies);
	}

	// With its list normalized.
	private static String varyValue(HttpHeaders request, String name) {
		List<String> values = request.getAll(name);
		return values.isEmpty() ? ""
				: String.join(",", values.stream().flatMap((value) -> HeaderValues.split(value).stream()).toList());
	}

	// RFC 9111, section 4.2.3
	private static Duration initialAge(HttpHeaders headers, @Nullable Instant date, Instant requested,
			Instant received) {
		Duration apparent = (date != null) ? Duration.between(date, received) : Duration.ZERO;
		Duration stated = Duration.ofSeconds(statedAge(headers));
		Duration corrected = stated.plus(Duration.between(requested, received));
		return (apparent.compareTo(corrected) >= 0) ? apparent : corrected;
	}

	// The first of several counts, whatever follows (RFC 9111, section 5.1).
	private static long statedAge(HttpHeaders headers) {
		String age = headers.get(HttpHeaderNames.AGE);
		if (age == null) {
			return 0;
		}
		int comma = age.indexOf(',');
		return CacheControl.number(((comma != -1) ? age.substring(0, comma) : age).strip());
	}

	// RFC 9111, section 4.2.1
	private static Duration lifetime(CacheControl control, HttpHeaders headers, Instant date) {
		Long seconds = control.seconds("s-maxage");
		if (seconds == null) {
			seconds = control.seconds("max-age");
		}
		if (seconds != null) {
			return Duration.ofSeconds(seconds);
		}
		Instant expires = HeaderValues.date(headers, HttpHeaderNames.EXPIRES);
		return (expires != null) ? Duration.between(date, expires) : Duration.ZERO;
	}

	/** The same response with content. */
	CachedResponse with(byte[] content) {
		return new CachedResponse(this.status, this.headers,
				Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(content).asReadOnly()), this.varies, this.control,
				this.received, this.initialAge, this.lifetime);
	}

	/** Its age. */
	Duration age(Instant now) {
		return this.initialAge.plus(residence(now));
	}

	/** Time since it was received or revalidated. */
	Duration residence(Instant now) {
		Duration residence = Duration.between(this.received, now);
		return residence.isNegative() ? Duration.ZERO : residence;
	}

	/** Remaining freshness; negative if it is stale. */
	Duration freshness(Instant now) {
		return this.lifetime.minus(age(now));
	}

	boolean hasValidator() {
		return this.headers.contains(HttpHeaderNames.ETAG) || this.headers.contains(HttpHeaderNames.LAST_MODIFIED);
	}

	/** Whether it matches a request with these headers (RFC 9111, section 4.1). */
	boolean matches(HttpHeaders request) {
		for (Map.Entry<String, String> entry : this.varies.entrySet()) {
			if (!entry.getValue().equals(varyValue(request, entry.getKey()))) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Updates a response after a 304 (RFC 9111, section 3.2).
	 * @param update end-to-end headers of the 304
	 * @param requested when the request for the 304 was sent
	 * @param at when the 304 was received
	 */
	CachedResponse updated(HttpHeaders update, Instant requested, Instant at) {
		HttpHeaders merged = new DefaultHttpHeaders().add(this.headers);
		for (String name : update.names()) {
			if (!NOT_UPDATED.contains(name)) {
				merged.set(name, update.getAll(name));
			}
		}
		// They describe the time before the 304.
		if (!update.contains(HttpHeaderNames.AGE)) {
			merged.remove(HttpHeaderNames.AGE);
		}
		if (!update.contains(HttpHeaderNames.DATE)) {
			merged.set(HttpHeaderNames.DATE, DateFormatter.format(Date.from(at)));
		}
		CachedResponse head = of(this.status, merged, this.varies, requested, at);
		return new CachedResponse(head.status, head.headers, this.body, head.varies, head.control, head.received,
				head.initialAge, head.lifetime);
	}

	/** Approximate memory in bytes. */
	long weight() {
		long weight = (long) this.body.readableBytes() + OVERHEAD;
		var entries = this.headers.iteratorAsString();
		while (entries.hasNext()) {
			Map.Entry<String, String> entry = entries.next();
			weight += entry.getKey().length() + entry.getValue().length() + 64L;
		}
		for (Map.Entry<String, String> entry : this.varies.entrySet()) {
			weight += entry.getKey().length() + entry.getValue().length() + 64L;
		}
		return weight;
	}

}
