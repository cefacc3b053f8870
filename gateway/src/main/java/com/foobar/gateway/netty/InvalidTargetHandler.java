package com.foobar.gateway.netty;

import java.util.function.BiFunction;

import com.foobar.gateway.accesslog.AccessLog;
import com.foobar.gateway.http.Problem;
import com.foobar.gateway.http.ProblemWriter;
import com.foobar.gateway.http.RequestContext;
import com.foobar.gateway.http.RequestId;
import com.foobar.gateway.http.RequestTarget;
import io.netty.handler.codec.http.HttpResponseStatus;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * Adds problem details to the empty 400 with which Spring rejects a target that
 * {@link java.net.URI} cannot parse (with HTTP/2, one that {@link RequestTarget} cannot
 * encode), and logs it. Spring does so before the request handler; such a response is
 * recognized by the missing request id.
 */
final class InvalidTargetHandler implements BiFunction<Mono<Void>, Connection, Mono<Void>> {

	private final ProblemWriter problems;

	private final AccessLog accessLog;

	InvalidTargetHandler(ProblemWriter problems, AccessLog accessLog) {
		this.problems = problems;
		this.accessLog = accessLog;
	}

	@Override
	public Mono<Void> apply(Mono<Void> handled, Connection connection) {
		if (connection instanceof HttpServerRequest request && connection instanceof HttpServerResponse response
				&& response.status().equals(HttpResponseStatus.BAD_REQUEST)
				&& !response.responseHeaders().contains(RequestId.HEADER)) {
			RequestContext context = RequestContext.of(request, WriteTimeoutHandler.bytesWritten(connection.channel()),
					0);
			return this.problems
				.write(request, response,
						Problem.of(HttpResponseStatus.BAD_REQUEST,
								"The address has characters that no address may have."),
						context)
				.doFinally((end) -> this.accessLog.write(request, response, context, end));
		}
		return handled;
	}

}
