package com.foobar.gateway.cache;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Set;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/**
 * One answer that is kept. Immutable: nobody changes the headers or the body.
 *
 * @param status its status code
 * @param headers its end-to-end headers
 * @param body its content, which is read from a duplicate and cannot be released
 * @param varies what the request had in the headers that {@code Vary} names
 * @param control its directives
 * @param received when it came, or was confirmed
 * @param initialAge how old it was then
 * @param lifetime how long it is fresh, from its birth
 */
record CachedResponse(int status, HttpHeaders headers, ByteBuf body, Map<String, String> varies, CacheControl control,
		Instant received, Duration initialAge, Duration lifetime) {

	/**
	 * What a confirmation does not change: it comes without content, so that these tell
	 * of bytes that are not the stored ones. Content-Length is written anew each time.
	 */
	private static final Set<String> OF_THE_BYTES = StoredHeaders.caseInsensitive("Content-Encoding", "Content-Range",
			"Content-MD5", "Content-Digest", "Content-Length");

	/** What one costs beside its body and headers, roughly. */
	private static final int OVERHEAD = 512;

	/**
	 * An answer without its content.
	 * @param status its status code
	 * @param headers its end-to-end headers
	 * @param varies what of the request it depends on
	 * @param asked when the request for it was sent
	 * @param received when it came
	 */
	static CachedResponse of(int status, HttpHeaders headers, Map<String, String> varies, Instant asked,
			Instant received) {
		CacheControl control = CacheControl.of(headers);
		Instant date = HttpDates.of(headers, HttpHeaderNames.DATE);
		return new CachedResponse(status, headers, Unpooled.EMPTY_BUFFER, varies, control, received,
				initialAge(headers, date, asked, received),
				lifetime(control, headers, (date != null) ? date : received));
	}

	// RFC 9111, section 4.2.3
	private static Duration initialAge(HttpHeaders headers, @Nullable Instant date, Instant asked, Instant received) {
		Duration apparent = (date != null) ? Duration.between(date, received) : Duration.ZERO;
		Duration told = Duration.ofSeconds(statedAge(headers));
		Duration corrected = told.plus(Duration.between(asked, received));
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
		Instant expires = HttpDates.of(headers, HttpHeaderNames.EXPIRES);
		return (expires != null) ? Duration.between(date, expires) : Duration.ZERO;
	}

	/** The same with a content. */
	CachedResponse with(byte[] content) {
		return new CachedResponse(this.status, this.headers,
				Unpooled.unreleasableBuffer(Unpooled.wrappedBuffer(content).asReadOnly()), this.varies, this.control,
				this.received, this.initialAge, this.lifetime);
	}

	/** How old it is. */
	Duration age(Instant now) {
		return this.initialAge.plus(residence(now));
	}

	/** How long ago it came, or was confirmed. */
	Duration residence(Instant now) {
		Duration residence = Duration.between(this.received, now);
		return residence.isNegative() ? Duration.ZERO : residence;
	}

	/** How long it is fresh yet; negative for how long it has not been any more. */
	Duration left(Instant now) {
		return this.lifetime.minus(age(now));
	}

	boolean hasValidator() {
		return this.headers.contains(HttpHeaderNames.ETAG) || this.headers.contains(HttpHeaderNames.LAST_MODIFIED);
	}

	/** Whether it answers a request with these headers (RFC 9111, section 4.1). */
	boolean matches(HttpHeaders request) {
		for (Map.Entry<String, String> entry : this.varies.entrySet()) {
			if (!entry.getValue().equals(VaryKey.value(request, entry.getKey()))) {
				return false;
			}
		}
		return true;
	}

	/**
	 * The same, confirmed (RFC 9111, section 3.2).
	 * @param confirmation end-to-end headers of the 304
	 * @param asked when it was asked for
	 * @param at when it came
	 */
	CachedResponse confirmed(HttpHeaders confirmation, Instant asked, Instant at) {
		HttpHeaders merged = new DefaultHttpHeaders().add(this.headers);
		for (String name : confirmation.names()) {
			if (!OF_THE_BYTES.contains(name)) {
				merged.set(name, confirmation.getAll(name));
			}
		}
		// They tell of the time before the confirmation.
		if (!confirmation.contains(HttpHeaderNames.AGE)) {
			merged.remove(HttpHeaderNames.AGE);
		}
		if (!confirmation.contains(HttpHeaderNames.DATE)) {
			merged.set(HttpHeaderNames.DATE, DateFormatter.format(Date.from(at)));
		}
		CachedResponse head = of(this.status, merged, this.varies, asked, at);
		return new CachedResponse(head.status, head.headers, this.body, head.varies, head.control, head.received,
				head.initialAge, head.lifetime);
	}

	/** Bytes that it takes, roughly. */
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
