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
 * Explains, and notes, the bare 400 with which Spring answers a target that is no URI to
 * Java: with HTTP/2, one that {@link RequestTarget} cannot encode. That happens before
 * any handler of ours; such an answer is known by the request id that it lacks.
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
			RequestContext visit = RequestContext.of(request, WriteTimeoutHandler.bytesWritten(connection.channel()),
					0);
			return this.problems
				.write(request, response,
						Problem.of(HttpResponseStatus.BAD_REQUEST,
								"The address has characters that no address may have."),
						visit)
				.doFinally((end) -> this.accessLog.write(request, response, visit, end));
		}
		return handled;
	}

}
