package com.foobar.routing.web;

import java.net.URI;
import java.util.function.Predicate;

import com.foobar.routing.Causality;
import com.foobar.routing.CausalityToken;
import reactor.core.publisher.Mono;

import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;

/**
 * Carries the token to another service of the same database and takes its token back, for
 * {@code WebClient}. Belongs to the scope of the thread that subscribes, whichever thread
 * the answer arrives on. Thread-safe.
 */
public final class CausalityExchangeFilter implements ExchangeFilterFunction {

	private final Causality causality;

	private final Predicate<URI> services;

	/**
	 * Create a filter for a client that talks to services of the same database only.
	 * @param causality what the work at hand depends on
	 */
	public CausalityExchangeFilter(Causality causality) {
		this(causality, (uri) -> true);
	}

	/**
	 * Create a filter for a client that talks to others too.
	 * @param causality what the work at hand depends on
	 * @param services which addresses belong to services of the same database
	 */
	public CausalityExchangeFilter(Causality causality, Predicate<URI> services) {
		this.causality = causality;
		this.services = services;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		if (!this.services.test(request.url())) {
			return next.exchange(request);
		}
		return Mono.defer(() -> {
			CausalityToken token = this.causality.current();
			ClientRequest carrying = token.isEmpty() ? request
					: ClientRequest.from(request)
						.headers((headers) -> headers.set(TokenCarrier.HEADER, token.toString()))
						.build();
			Causality.Scope scope = this.causality.scope();
			return next.exchange(carrying)
				.doOnNext((response) -> scope
					.adopt(this.causality.receive(response.headers().asHttpHeaders().getFirst(TokenCarrier.HEADER))));
		});
	}

}
