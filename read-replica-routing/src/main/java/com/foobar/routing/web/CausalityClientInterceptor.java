package com.foobar.routing.web;

import java.io.IOException;

import com.foobar.routing.Causality;
import com.foobar.routing.CausalityToken;

import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Carries the token to another service of the same database and takes its token back, for
 * {@code RestClient} and {@code RestTemplate}. Meant for such services only: to others
 * the token would tell how busy the database is, and theirs would mean nothing here.
 * Thread-safe.
 */
public final class CausalityClientInterceptor implements ClientHttpRequestInterceptor {

	private final Causality causality;

	/**
	 * Create an interceptor.
	 * @param causality what the work at hand depends on
	 */
	public CausalityClientInterceptor(Causality causality) {
		this.causality = causality;
	}

	@Override
	public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		CausalityToken token = this.causality.current();
		if (!token.isEmpty()) {
			request.getHeaders().set(TokenCarrier.HEADER, token.toString());
		}
		ClientHttpResponse response = execution.execute(request, body);
		this.causality.adopt(TokenCarrier.read(response.getHeaders().getFirst(TokenCarrier.HEADER)));
		return response;
	}

}
