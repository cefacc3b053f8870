package com.foobar.gateway.proxy;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.EligibleBackend;
import com.foobar.gateway.http.Problem;
import com.foobar.gateway.http.ProblemException;
import com.foobar.gateway.http.RequestContext;
import com.foobar.gateway.loadbalancer.RequestKey;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.DisposableChannel;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.http.server.HttpServerRequest;

/**
 * One request and its response: chooses a backend, sends the request there, and either
 * passes the response on or tries another backend.
 * <p>
 * Not thread-safe; a request has one attempt at a time.
 */
final class ProxyExchange {

	private static final Logger logger = LoggerFactory.getLogger(ProxyExchange.class);

	private final ProxyServices services;

	private final ProxyRequest request;

	private final RequestContext context;

	private final RequestKey key;

	private final RetryCandidates candidates;

	ProxyExchange(ProxyServices services, ProxyRequest request) {
		this.services = services;
		this.request = request;
		this.context = request.context();
		this.candidates = new RetryCandidates(services.backends(), request.method(), request.headers());
		this.key = new RequestKey(services.sequence().getAndIncrement(), clientHash(request.request()));
	}

	Mono<Void> run() {
		if (this.request.length() > this.services.maxBody()) {
			return Mono.error(Failures.tooLarge());
		}
		this.services.budget().earn();
		return attempt(null);
	}

	private Mono<Void> attempt(@Nullable Failure last) {
		List<EligibleBackend> eligible = this.candidates.candidates();
		if (eligible.isEmpty()) {
			return Mono.error(new ProblemException((last != null) ? Failures.problem(last) : noBackend()));
		}
		Backend backend = this.services.loadBalancer().choose(eligible, this.key);
		this.candidates.remove(backend);
		this.context.attempt(backend.name());
		Attempt attempt = new Attempt(this.services, this.request, backend);
		return attempt.run((response, content) -> respond(attempt, response, content))
			.onErrorResume((error) -> recover(attempt, error));
	}

	private Publisher<Void> respond(Attempt attempt, HttpClientResponse response, ByteBufFlux content) {
		ResponseRelay relay = new ResponseRelay(this.services, this.request, attempt, response, content);
		boolean retry = relay.isUnavailable() && mayRetry(Failure.UNAVAILABLE) && this.services.budget().spend();
		return retry ? relay.reject() : relay.relay();
	}

	private Mono<Void> recover(Attempt attempt, Throwable error) {
		if (attempt.isCommitted()) {
			return cutOff(attempt, error);
		}
		Failure failure = Failures.classify(error, attempt.isSent());
		if (failure == null) {
			return Mono.error(error);
		}
		if (failure == Failure.CLIENT) {
			return Mono
				.error((error instanceof ProblemException) ? error : new ProblemException(Failures.problem(failure)));
		}
		record(attempt, failure, error);
		boolean again = mayRetry(failure) && isWithinBudget(failure);
		logger.debug("Attempt {} of {} at {} failed ({}), {}", this.context.attempts(), this.context.requestId(),
				attempt.backend(), failure, again ? "trying another" : "giving up", error);
		return again ? attempt(failure) : Mono.error(new ProblemException(Failures.problem(failure)));
	}

	private void record(Attempt attempt, Failure failure, Throwable error) {
		Backend backend = attempt.backend();
		if (failure == Failure.NOT_SENT && Failures.isUnreachable(error)) {
			this.services.backends().suspect(backend, Failures.describe(error));
		}
		if (failure != Failure.UNAVAILABLE) {
			this.services.meters().record(backend, failure.name().toLowerCase(Locale.ROOT), attempt.elapsed());
		}
		if (failure == Failure.NO_RESPONSE || failure == Failure.TIMED_OUT || failure == Failure.UNREADABLE) {
			this.services.outlierDetector().failed(backend, Failures.describe(error));
		}
		if (failure == Failure.UNREADABLE) {
			logger.warn("{} failed {}: {}", backend, this.context.requestId(), Failures.describe(error));
		}
	}

	/**
	 * The backend broke off its response, or the client left. The client's connection
	 * (its stream, with HTTP/2) is reset, so that a part is not taken for the whole.
	 */
	private Mono<Void> cutOff(Attempt attempt, Throwable error) {
		if (attempt.isIncomplete()) {
			logger.warn("{} broke off its response to {}: {}", attempt.backend(), this.context.requestId(),
					Failures.describe(error));
		}
		else if (Failures.classify(error, true) != null) {
			logger.debug("The client of {} left before the end of the response: {}", this.context.requestId(),
					Failures.describe(error));
		}
		else {
			logger.error("The response to {} broke off in the gateway", this.context.requestId(), error);
		}
		this.request.response().withConnection(DisposableChannel::dispose);
		return Mono.empty();
	}

	private boolean mayRetry(Failure failure) {
		return this.services.retry()
			.mayRetry(failure, this.request.method(), this.request.hasBody(), this.context.attempts())
				&& !this.candidates.candidates().isEmpty();
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
	private static int clientHash(HttpServerRequest request) {
		var remote = request.remoteAddress();
		return (remote != null && remote.getAddress() != null) ? Arrays.hashCode(remote.getAddress().getAddress()) : 0;
	}

}
