package com.foobar.routing.web;

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

	/**
	 * Create a filter.
	 * @param causality what the work at hand depends on
	 */
	public CausalityExchangeFilter(Causality causality) {
		this.causality = causality;
	}

	@Override
	public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
		return Mono.defer(() -> {
			CausalityToken token = this.causality.current();
			ClientRequest carrying = token.isEmpty() ? request
					: ClientRequest.from(request)
						.headers((headers) -> headers.set(TokenCarrier.HEADER, token.toString()))
						.build();
			Causality.Scope scope = this.causality.scope();
			return next.exchange(carrying)
				.doOnNext((response) -> scope
					.adopt(TokenCarrier.read(response.headers().asHttpHeaders().getFirst(TokenCarrier.HEADER))));
		});
	}

}
