package com.foobar.gateway.cache;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Date;
import java.util.Map;

import com.foobar.gateway.http.ProblemException;
import com.foobar.gateway.proxy.ResponseInterceptor;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.handler.codec.DateFormatter;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Fetches an answer that may be kept, or the confirmation of one that is. Used by one
 * request, on its event loop.
 */
final class StoringInterceptor implements ResponseInterceptor {

	private final CacheFilter filter;

	private final CacheExchange visit;

	private final @Nullable CachedResponse stored;

	private final @Nullable PendingFetch flight;

	private final String reason;

	private Instant asked = Instant.EPOCH;

	private long changes;

	private @Nullable CachedResponse head;

	/**
	 * Create a tap.
	 * @param filter who is served
	 * @param visit the request
	 * @param stored the answer that is kept, but cannot be given as it is
	 * @param flight what others wait for; null if nobody does
	 * @param reason why a backend is asked
	 */
	StoringInterceptor(CacheFilter filter, CacheExchange visit, @Nullable CachedResponse stored,
			@Nullable PendingFetch flight, String reason) {
		this.filter = filter;
		this.visit = visit;
		this.stored = stored;
		this.flight = flight;
		this.reason = reason;
	}

	@Override
	public void asking(HttpHeaders toBackend) {
		this.asked = this.filter.now();
		this.changes = this.filter.store().changes(this.visit.uri());
		this.head = null;
		// A client's own condition stays if nothing is kept: its 304 is passed on.
		if (this.stored != null && this.stored.hasValidator()) {
			CachingRules.condition(toBackend, this.stored);
		}
	}

	@Override
	public @Nullable Mono<Void> instead(int status, HttpHeaders headers) {
		CachedResponse known = this.stored;
		if (known != null && status == 304 && known.hasValidator()) {
			return confirmed(known, headers);
		}
		if (known != null && isOutage(status) && mayStandIn(known)) {
			return standIn(known);
		}
		this.head = this.filter.rules().mayStore(status, headers) ? head(status, headers) : null;
		if (this.head == null && known != null && status < 500) {
			this.filter.store().invalidate(this.visit.uri());
		}
		return null;
	}

	private Mono<Void> confirmed(CachedResponse known, HttpHeaders headers) {
		String uri = this.visit.uri();
		CachedResponse confirmed = known;
		if (CachingRules.isConfirmed(known, headers)) {
			confirmed = known.confirmed(StoredHeaders.of(headers), this.asked, this.filter.now());
			if (this.filter.rules().mayStore(confirmed.status(), confirmed.headers())) {
				this.filter.store().put(uri, confirmed, this.changes);
				this.filter.store().shared(uri, this.filter.rules().isReusable(confirmed));
			}
			else {
				this.filter.store().invalidate(uri);
			}
		}
		else {
			this.filter.store().invalidate(uri);
		}
		land();
		this.filter.meters().revalidated();
		return this.filter.answer(this.visit, confirmed, "fwd=" + this.reason + "; fwd-status=304");
	}

	private @Nullable CachedResponse head(int status, HttpHeaders headers) {
		Map<String, String> varies = VaryKey.of(headers, this.visit.headers());
		// Whether one that ends with its connection is complete nobody can tell.
		boolean framed = headers.contains(HttpHeaderNames.CONTENT_LENGTH)
				|| headers.contains(HttpHeaderNames.TRANSFER_ENCODING) || status == 204;
		if (varies == null || !framed) {
			return null;
		}
		HttpHeaders kept = StoredHeaders.of(headers);
		Instant now = this.filter.now();
		if (HttpDates.of(kept, HttpHeaderNames.DATE) == null) {
			kept.set(HttpHeaderNames.DATE, DateFormatter.format(Date.from(now)));
		}
		return CachedResponse.of(status, kept, varies, this.asked, now);
	}

	@Override
	public Publisher<ByteBuf> passing(HttpHeaders toClient, Publisher<ByteBuf> body) {
		CacheStatus.forwarded(toClient, this.reason);
		this.filter.meters().missed();
		CachedResponse answer = this.head;
		boolean fits = answer != null && isShort(toClient.get(HttpHeaderNames.CONTENT_LENGTH));
		boolean shared = answer != null && fits && this.filter.rules().isReusable(answer);
		this.filter.store().shared(this.visit.uri(), shared);
		if (!shared) {
			land();
		}
		return (answer != null && fits) ? collect(answer, body) : body;
	}

	private Publisher<ByteBuf> collect(CachedResponse answer, Publisher<ByteBuf> body) {
		int limit = this.filter.maxBody();
		ByteArrayOutputStream copy = new ByteArrayOutputStream();
		if (body instanceof Mono<ByteBuf> whole) {
			return whole.doOnNext((part) -> add(copy, part, limit)).doOnSuccess((part) -> keep(answer, copy, limit));
		}
		return Flux.from(body).doOnNext((part) -> add(copy, part, limit)).doOnComplete(() -> keep(answer, copy, limit));
	}

	private void add(ByteArrayOutputStream copy, ByteBuf part, int limit) {
		if (copy.size() <= limit) {
			copy.writeBytes(ByteBufUtil.getBytes(part));
			if (copy.size() > limit) {
				land();
			}
		}
	}

	private void keep(CachedResponse head, ByteArrayOutputStream copy, int limit) {
		if (copy.size() <= limit) {
			this.filter.store().put(this.visit.uri(), head.with(copy.toByteArray()), this.changes);
		}
		land();
	}

	private void land() {
		if (this.flight != null) {
			this.filter.store().end(this.visit.uri(), this.flight);
		}
	}

	/** Answers with what is kept because no backend could, if that is allowed. */
	Mono<Void> standIn(ProblemException error) {
		CachedResponse known = this.stored;
		return (known != null && isOutage(error.problem().status().code()) && mayStandIn(known)) ? standIn(known)
				: Mono.error(error);
	}

	private static boolean isOutage(int status) {
		return status == 500 || (status >= 502 && status <= 504);
	}

	private boolean mayStandIn(CachedResponse known) {
		return CachingRules.mayStandIn(known, this.visit.asked().access(), this.filter.now());
	}

	private Mono<Void> standIn(CachedResponse known) {
		land();
		return this.filter.answerStale(this.visit, known, "stale-if-error");
	}

	private boolean isShort(@Nullable String length) {
		return length == null || (length.length() <= 9 && Integer.parseInt(length) <= this.filter.maxBody());
	}

}
