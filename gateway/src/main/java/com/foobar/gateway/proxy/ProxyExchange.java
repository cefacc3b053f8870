package com.foobar.gateway.proxy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.BackendsSnapshot.EligibleBackend;
import com.foobar.gateway.backend.BackendsSnapshot.PriorityLevels;
import com.foobar.gateway.backend.BackendsSnapshot;
import com.foobar.gateway.http.Problem.ProblemException;
import com.foobar.gateway.http.Problem;
import com.foobar.gateway.http.RequestContext;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.DisposableChannel;
import reactor.netty.http.client.HttpClientResponse;

/**
 * One request and its response: chooses a backend, sends the request there, and either
 * passes the response on or tries another backend.
 * <p>
 * Not thread-safe; a request has one attempt at a time.
 */
final class ProxyExchange {

	private static final Logger logger = LoggerFactory.getLogger(ProxyExchange.class);

	private static final AsciiString FETCH_MODE = AsciiString.cached("sec-fetch-mode");

	/** What browsers call it that a person follows a link or sends a form. */
	private static final AsciiString NAVIGATION = AsciiString.cached("navigate");

	private final ProxyRequest.Services services;

	private final ProxyRequest request;

	private final RequestContext context;

	/** Number of the request in this gateway. */
	private final long sequence;

	private @Nullable List<Backend> tried;

	ProxyExchange(ProxyRequest request) {
		this.request = request;
		this.services = request.services();
		this.context = request.context();
		this.sequence = this.services.sequence().getAndIncrement();
	}

	Mono<Void> run() {
		if (this.request.length() > this.services.maxBody()) {
			return Mono.error(Failure.tooLarge());
		}
		this.services.budget().earn();
		return attempt(null);
	}

	private Mono<Void> attempt(@Nullable Failure last) {
		List<EligibleBackend> eligible = candidates();
		if (eligible.isEmpty()) {
			return Mono.error(new ProblemException((last != null) ? last.problem() : noBackend()));
		}
		Backend backend = this.services.loadBalancer().choose(eligible, this.sequence, clientHash());
		if (this.tried == null) {
			this.tried = new ArrayList<>(2);
		}
		this.tried.add(backend);
		this.context.attempt(backend.name());
		Attempt attempt = new Attempt(this.request, backend);
		return attempt.run((response, content) -> respond(attempt, response, content))
			.onErrorResume((error) -> recover(attempt, error));
	}

	/**
	 * The backends that the request may still be sent to: those that serve its kind at
	 * this moment, without those it was sent to before. Backups only when no other is
	 * left.
	 */
	private List<EligibleBackend> candidates() {
		BackendsSnapshot snapshot = this.services.backends().snapshot();
		PriorityLevels levels = this.request.isSafe() ? snapshot.live() : snapshot.writable();
		// If none can write, only an instance can give back to a person what the form
		// held. And a sign-in only reads.
		if (levels.isEmpty() && this.request.headers().contains(FETCH_MODE, NAVIGATION, true)) {
			levels = snapshot.live();
		}
		List<EligibleBackend> active = untried(levels.active());
		return active.isEmpty() ? untried(levels.backups()) : active;
	}

	private List<EligibleBackend> untried(List<EligibleBackend> eligible) {
		List<Backend> without = this.tried;
		return (without == null) ? eligible
				: eligible.stream().filter((candidate) -> !without.contains(candidate.backend())).toList();
	}

	private Publisher<Void> respond(Attempt attempt, HttpClientResponse response, ByteBufFlux content) {
		ResponseRelay relay = new ResponseRelay(this.request, attempt, response, content);
		boolean retry = relay.isUnavailable() && mayRetry(Failure.UNAVAILABLE) && this.services.budget().spend();
		return retry ? relay.reject() : relay.relay();
	}

	private Mono<Void> recover(Attempt attempt, Throwable error) {
		if (attempt.isCommitted()) {
			return cutOff(attempt, error);
		}
		Failure failure = Failure.classify(error, attempt.isSent());
		if (failure == null) {
			return Mono.error(error);
		}
		if (failure == Failure.CLIENT) {
			return Mono.error((error instanceof ProblemException) ? error : new ProblemException(failure.problem()));
		}
		record(attempt, failure, error);
		boolean again = mayRetry(failure) && isWithinBudget(failure);
		logger.debug("Attempt {} of {} at {} failed ({}), {}", this.context.attempts(), this.context.requestId(),
				attempt.backend(), failure, again ? "trying another" : "giving up", error);
		return again ? attempt(failure) : Mono.error(new ProblemException(failure.problem()));
	}

	private void record(Attempt attempt, Failure failure, Throwable error) {
		Backend backend = attempt.backend();
		if (failure == Failure.NOT_SENT && Failure.isUnreachable(error)) {
			this.services.backends().suspect(backend, Failure.describe(error));
		}
		if (failure != Failure.UNAVAILABLE) {
			this.services.meters().record(backend, failure.name().toLowerCase(Locale.ROOT), attempt.elapsed());
		}
		if (failure == Failure.NO_RESPONSE || failure == Failure.TIMED_OUT || failure == Failure.UNREADABLE) {
			this.services.outlierDetector().failed(backend, Failure.describe(error));
		}
		if (failure == Failure.UNREADABLE) {
			logger.warn("{} failed {}: {}", backend, this.context.requestId(), Failure.describe(error));
		}
	}

	/**
	 * The backend sent an incomplete response, or the client left. The client's
	 * connection (its stream, with HTTP/2) is reset, so that a part is not taken for the
	 * whole.
	 */
	private Mono<Void> cutOff(Attempt attempt, Throwable error) {
		if (attempt.isIncomplete()) {
			logger.warn("{} sent an incomplete response to {}: {}", attempt.backend(), this.context.requestId(),
					Failure.describe(error));
		}
		else if (Failure.classify(error, true) != null) {
			logger.debug("The client of {} left before the end of the response: {}", this.context.requestId(),
					Failure.describe(error));
		}
		else {
			logger.error("The response to {} failed in the gateway", this.context.requestId(), error);
		}
		this.request.response().withConnection(DisposableChannel::dispose);
		return Mono.empty();
	}

	private boolean mayRetry(Failure failure) {
		return this.services.retry()
			.mayRetry(failure, this.request.method(), this.request.hasBody(), this.context.attempts())
				&& !candidates().isEmpty();
	}

	// A request that was never sent adds no load by being sent now, and a response that
	// was rejected has spent its retry already.
	private boolean isWithinBudget(Failure failure) {
		return (failure != Failure.NO_RESPONSE && failure != Failure.UNREADABLE) || this.services.budget().spend();
	}

	private Problem noBackend() {
		return Problem.unavailable(this.services.backends().snapshot().live().isEmpty()
				? "No server is available at present." : "Nothing can be changed at present; reading works.");
	}

	// Computed from the bytes: the same in every gateway, and after each restart.
	private int clientHash() {
		var remote = this.request.request().remoteAddress();
		return (remote != null && remote.getAddress() != null) ? Arrays.hashCode(remote.getAddress().getAddress()) : 0;
	}

}
