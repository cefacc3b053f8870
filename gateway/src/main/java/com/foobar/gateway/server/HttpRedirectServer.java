package com.foobar.gateway.server;

import java.time.Duration;

import com.foobar.gateway.accesslog.AccessLog;
import com.foobar.gateway.http.HostRules;
import com.foobar.gateway.http.Problem;
import com.foobar.gateway.http.ProblemWriter;
import com.foobar.gateway.http.RequestContext;
import com.foobar.gateway.netty.ChannelPipelineConfigurer;
import com.foobar.gateway.netty.ClientTimeoutHandler;
import com.foobar.gateway.netty.EarlyRejections;
import com.foobar.gateway.netty.LimitsProperties;
import com.foobar.gateway.shutdown.OpenConnections;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.ChannelBindException;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.boot.web.server.PortInUseException;
import org.springframework.context.SmartLifecycle;

/**
 * The plain HTTP port. It forwards nothing: every request is redirected to the same
 * address on https.
 */
class HttpRedirectServer implements SmartLifecycle {

	private static final Logger logger = LoggerFactory.getLogger(HttpRedirectServer.class);

	private static final Duration TIMEOUT = Duration.ofSeconds(15);

	private final int port;

	private final @Nullable String address;

	private final HostRules hosts;

	private final ProblemWriter problems;

	private final AccessLog accessLog;

	private final LimitsProperties limits;

	private volatile @Nullable DisposableServer server;

	HttpRedirectServer(int port, @Nullable String address, HostRules hosts, ProblemWriter problems, AccessLog accessLog,
			LimitsProperties limits) {
		this.port = port;
		this.address = address;
		this.hosts = hosts;
		this.problems = problems;
		this.accessLog = accessLog;
		this.limits = limits;
	}

	/** The port it listens on; -1 while it does not. */
	int port() {
		DisposableServer running = this.server;
		return (running != null) ? running.port() : -1;
	}

	@Override
	public void start() {
		if (this.port < 0) {
			return;
		}
		HttpServer unbound = new ChannelPipelineConfigurer(this.limits.withTimeouts(TIMEOUT), new OpenConnections(),
				new EarlyRejections(this.problems, this.accessLog))
			.install(HttpServer.create())
			.port(this.port)
			.handle(this::respond);
		if (this.address != null) {
			unbound = unbound.host(this.address);
		}
		try {
			DisposableServer bound = unbound.bindNow();
			logger.info("Redirecting http on port {} to https", bound.port());
			this.server = bound;
		}
		catch (ChannelBindException ex) {
			throw new PortInUseException(this.port, ex);
		}
	}

	private Mono<Void> respond(HttpServerRequest request, HttpServerResponse response) {
		RequestContext context = RequestContext.of(request,
				ClientTimeoutHandler.bytesWritten(((Connection) response).channel()), 0);
		response.header(RequestContext.REQUEST_ID, context.requestId());
		return redirect(request, response).doFinally((end) -> this.accessLog.write(request, response, context, end));
	}

	private Mono<Void> redirect(HttpServerRequest request, HttpServerResponse response) {
		String host = this.hosts.accept(request.requestHeaders().get(HttpHeaderNames.HOST));
		if (host == null) {
			return this.problems.write(request, response, Problem.of(HttpResponseStatus.MISDIRECTED_REQUEST,
					"This server does not serve the requested host."), null);
		}
		String canonical = this.hosts.canonical(host);
		return this.hosts.redirect(response, (canonical != null) ? canonical : host, request.uri());
	}

	@Override
	public void stop() {
		DisposableServer running = this.server;
		if (running != null) {
			running.disposeNow();
			this.server = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.server != null;
	}

}
