package com.foobar.routing.web;

import java.io.IOException;
import java.net.URI;
import java.util.function.Predicate;

import com.foobar.routing.Causality;
import com.foobar.routing.CausalityToken;

import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Sends the token to another service of the same database and adopts the token of its
 * response, for {@code RestClient} and {@code RestTemplate}. For such services only: the
 * token would show others how busy the database is, and theirs would mean nothing here.
 * Thread-safe.
 */
public final class CausalityClientInterceptor implements ClientHttpRequestInterceptor {

	private final Causality causality;

	private final Predicate<URI> services;

	/**
	 * Create an interceptor for a client that calls only services of the same database.
	 * @param causality the writes that reads of the current scope must see
	 */
	public CausalityClientInterceptor(Causality causality) {
		this(causality, (uri) -> true);
	}

	/**
	 * Create an interceptor for a client that calls other services too.
	 * @param causality the writes that reads of the current scope must see
	 * @param services which addresses belong to services of the same database
	 */
	public CausalityClientInterceptor(Causality causality, Predicate<URI> services) {
		this.causality = causality;
		this.services = services;
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		if (!this.services.test(request.getURI())) {
			return execution.execute(request, body);
		}
		CausalityToken token = this.causality.current();
		if (!token.isEmpty()) {
			request.getHeaders().set(TokenCarrier.HEADER, token.toString());
		}
		ClientHttpResponse response = execution.execute(request, body);
		this.causality.adopt(this.causality.receive(response.getHeaders().getFirst(TokenCarrier.HEADER)));
		return response;
	}

}
