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
 * Sends the token to another service of the same database and adopts the token of its
 * response, for {@code WebClient}. The token belongs to the scope of the subscribing
 * thread, whichever thread the response arrives on. Thread-safe.
 */
public final class CausalityExchangeFilter implements ExchangeFilterFunction {

	private final Causality causality;

	private final Predicate<URI> services;

	/**
	 * Create a filter for a client that calls only services of the same database.
	 * @param causality the writes that reads of the current scope must see
	 */
	public CausalityExchangeFilter(Causality causality) {
		this(causality, (uri) -> true);
	}

	/**
	 * Create a filter for a client that calls other services too.
	 * @param causality the writes that reads of the current scope must see
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
