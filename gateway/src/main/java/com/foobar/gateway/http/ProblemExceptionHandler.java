package com.foobar.gateway.http;

import com.foobar.gateway.http.Problem.ProblemException;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableChannel;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.core.annotation.Order;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebExceptionHandler;

/**
 * Converts every error of a request into a {@link Problem}.
 */
@Order(-2)
public class ProblemExceptionHandler implements WebExceptionHandler {

	private static final Logger logger = LoggerFactory.getLogger(ProblemExceptionHandler.class);

	private final ProblemWriter writer;

	public ProblemExceptionHandler(ProblemWriter writer) {
		this.writer = writer;
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange, Throwable ex) {
		HttpServerResponse response = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
		if (response.hasSentHeaders()) {
			// The response has started: resetting it shows the client that it is
			// incomplete.
			if (!(ex instanceof ProblemException)) {
				logger.error("A response failed in the gateway", ex);
			}
			response.withConnection(DisposableChannel::dispose);
			return Mono.empty();
		}
		HttpServerRequest request = ServerHttpRequestDecorator.getNativeRequest(exchange.getRequest());
		return this.writer
			.write(request, response, problem(ex, request, exchange.getRequest().getURI().getRawPath()),
					RequestContext.of(exchange.getRequest()))
			.onErrorResume((gone) -> {
				logger.debug("The client left before it could be sent {}", ex.getMessage(), gone);
				return Mono.empty();
			});
	}

	private static Problem problem(Throwable ex, HttpServerRequest request, String path) {
		if (ex instanceof ProblemException known) {
			return known.problem();
		}
		if (ex instanceof ResponseStatusException known) {
			HttpResponseStatus status = HttpResponseStatus.valueOf(known.getStatusCode().value());
			boolean unrouted = status.equals(HttpResponseStatus.NOT_FOUND);
			return Problem.of(status, unrouted ? "There is nothing at this address." : status.reasonPhrase());
		}
		// Raw: decoded, it could hold line breaks.
		logger.error("{} {} failed in the gateway", request.method(), path, ex);
		return Problem.of(HttpResponseStatus.INTERNAL_SERVER_ERROR, "The gateway failed to handle the request.");
	}

}
