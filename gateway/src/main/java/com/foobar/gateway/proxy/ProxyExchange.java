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
import reactor.core.publisher.Mono;
import reactor.netty.DisposableChannel;
import reactor.netty.http.server.HttpServerRequest;

/**
 * One request on its way: attempt after attempt until a backend answers or no further
 * attempt makes sense.
 * <p>
 * Not thread-safe; a request has one attempt at a time.
 */
final class ProxyExchange {

	private static final Logger logger = LoggerFactory.getLogger(ProxyExchange.class);

	private final ProxyServices forwarder;

	private final ProxyRequest incoming;

	private final RequestContext visit;

	private final RequestKey arrival;

	private final RetryCandidates untried;

	ProxyExchange(ProxyServices forwarder, ProxyRequest incoming) {
		this.forwarder = forwarder;
		this.incoming = incoming;
		this.visit = incoming.visit();
		this.untried = new RetryCandidates(forwarder.backends(), incoming.method(), incoming.headers());
		this.arrival = new RequestKey(forwarder.sequence().getAndIncrement(), clientHash(incoming.request()));
	}

	Mono<Void> run() {
		if (this.incoming.length() > this.forwarder.maxBody()) {
			return Mono.error(Failures.tooLarge());
		}
		this.forwarder.budget().earn();
		return attempt(null);
	}

	private Mono<Void> attempt(@Nullable Failure last) {
		List<EligibleBackend> candidates = this.untried.candidates();
		if (candidates.isEmpty()) {
			return Mono.error(new ProblemException((last != null) ? Failures.problem(last) : noBackend()));
		}
		Backend backend = this.forwarder.balancer().choose(candidates, this.arrival);
		this.untried.remove(backend);
		this.visit.attempt(backend.name());
		Attempt attempt = new Attempt(this.forwarder, this.incoming, backend,
				() -> mayRetry(Failure.UNAVAILABLE) && this.forwarder.budget().spend());
		return attempt.run().onErrorResume((error) -> recover(backend, attempt, error));
	}

	private Mono<Void> recover(Backend backend, Attempt attempt, Throwable error) {
		if (attempt.isAnswered()) {
			return cutOff(backend, attempt, error);
		}
		Failure failure = Failures.classify(error, attempt.isSent());
		if (failure == null) {
			return Mono.error(error);
		}
		if (failure == Failure.CLIENT) {
			return Mono
				.error((error instanceof ProblemException) ? error : new ProblemException(Failures.problem(failure)));
		}
		if (failure == Failure.NOT_SENT && Failures.isUnreachable(error)) {
			this.forwarder.backends().suspect(backend, Failures.describe(error));
		}
		if (failure != Failure.UNAVAILABLE) {
			this.forwarder.meters().record(backend, failure.name().toLowerCase(Locale.ROOT), attempt.elapsed());
		}
		if (failure == Failure.NO_RESPONSE || failure == Failure.TIMED_OUT || failure == Failure.UNREADABLE) {
			this.forwarder.passiveChecks().failed(backend, Failures.describe(error));
		}
		if (failure == Failure.UNREADABLE) {
			logger.warn("{} failed {}: {}", backend, this.visit.requestId(), Failures.describe(error));
		}
		boolean again = mayRetry(failure) && isAffordable(failure);
		logger.debug("Attempt {} of {} at {} failed ({}), {}", this.visit.attempts(), this.visit.requestId(), backend,
				failure, again ? "trying another" : "giving up", error);
		return again ? attempt(failure) : Mono.error(new ProblemException(Failures.problem(failure)));
	}

	/**
	 * The backend broke off in the middle of its answer, or the client went away. The
	 * client's connection (its stream, with HTTP/2) must end without a proper end, or a
	 * part would pass for the whole.
	 */
	private Mono<Void> cutOff(Backend backend, Attempt attempt, Throwable error) {
		if (attempt.isBrokenOff()) {
			logger.warn("{} broke off its response to {}: {}", backend, this.visit.requestId(),
					Failures.describe(error));
		}
		else if (Failures.classify(error, true) != null) {
			logger.debug("The client of {} left before the end of the response: {}", this.visit.requestId(),
					Failures.describe(error));
		}
		else {
			logger.error("The response to {} broke off in the gateway", this.visit.requestId(), error);
		}
		this.incoming.response().withConnection(DisposableChannel::dispose);
		return Mono.empty();
	}

	private boolean mayRetry(Failure failure) {
		return this.forwarder.retry()
			.mayRetry(failure, this.incoming.method(), this.incoming.hasBody(), this.visit.attempts())
				&& !this.untried.candidates().isEmpty();
	}

	// A request that was never sent adds no work by being sent now, and an answer that is
	// not passed on was paid for when that was decided.
	private boolean isAffordable(Failure failure) {
		return (failure != Failure.NO_RESPONSE && failure != Failure.UNREADABLE) || this.forwarder.budget().spend();
	}

	private Problem noBackend() {
		return Problem.unavailable(this.forwarder.backends().snapshot().live().isEmpty()
				? "No server is available at present." : "Nothing can be changed at present; reading works.");
	}

	// From the bytes: the same in every gateway, and after each restart.
	private static int clientHash(HttpServerRequest request) {
		var remote = request.remoteAddress();
		return (remote != null && remote.getAddress() != null) ? Arrays.hashCode(remote.getAddress().getAddress()) : 0;
	}

}
