package com.foobar.gateway.server;

import java.net.InetAddress;
import java.util.List;

import com.foobar.gateway.accesslog.AccessLog;
import com.foobar.gateway.http.HostRules;
import com.foobar.gateway.http.Problem;
import com.foobar.gateway.http.ProblemWriter;
import com.foobar.gateway.http.RequestContext;
import com.foobar.gateway.http.RequestTarget;
import com.foobar.gateway.http.ResponseHeaders;
import com.foobar.gateway.limit.ConcurrencyLimiter;
import com.foobar.gateway.limit.IpFilter;
import com.foobar.gateway.limit.RateLimiter;
import com.foobar.gateway.netty.ClientTimeoutHandler;
import com.foobar.gateway.netty.EarlyRejections;
import com.foobar.gateway.netty.LimitsProperties;
import com.foobar.gateway.shutdown.OpenConnections;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;

/**
 * The first handler of a request on the public port: gives the request its id, rejects it
 * if it is invalid or over a limit, and logs its end.
 */
class GatewayHttpHandler implements HttpHandler {

	// draft-ietf-httpapi-ratelimit-headers-10
	private static final AsciiString RATE_LIMIT = AsciiString.cached("RateLimit");

	private static final AsciiString RATE_LIMIT_POLICY = AsciiString.cached("RateLimit-Policy");

	private static final AsciiString FORWARDED_METHODS = AsciiString
		.cached("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");

	/** More digits than any chain has hops. */
	private static final int MAX_HOP_DIGITS = 9;

	private final HttpHandler next;

	private final HostRules hosts;

	private final ProblemWriter problems;

	private final ResponseHeaders responseHeaders;

	private final AccessLog accessLog;

	private final OpenConnections connections;

	private final IpFilter ipFilter;

	private final RateLimiter rateLimiter;

	private final ConcurrencyLimiter concurrencyLimiter;

	private final LimitsProperties limits;

	private final int traceSampling;

	GatewayHttpHandler(HttpHandler next, HostRules hosts, ProblemWriter problems, ResponseHeaders responseHeaders,
			AccessLog accessLog, OpenConnections connections, IpFilter ipFilter, RateLimiter rateLimiter,
			ConcurrencyLimiter concurrencyLimiter, LimitsProperties limits, int traceSampling) {
		this.next = next;
		this.hosts = hosts;
		this.problems = problems;
		this.responseHeaders = responseHeaders;
		this.accessLog = accessLog;
		this.connections = connections;
		this.ipFilter = ipFilter;
		this.rateLimiter = rateLimiter;
		this.concurrencyLimiter = concurrencyLimiter;
		this.limits = limits;
		this.traceSampling = traceSampling;
	}

	@Override
	public Mono<Void> handle(ServerHttpRequest request, ServerHttpResponse response) {
		HttpServerRequest in = ServerHttpRequestDecorator.getNativeRequest(request);
		HttpServerResponse out = ServerHttpResponseDecorator.getNativeResponse(response);
		Channel channel = channel(out);
		if (HttpVersion.HTTP_1_0.equals(in.version())
				&& in.requestHeaders().containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE, true)) {
			// Not the default there: without it Reactor Netty closes.
			out.header(HttpHeaderNames.CONNECTION, HttpHeaderValues.KEEP_ALIVE);
		}
		if (this.connections.isDraining()) {
			out.keepAlive(false);
			Channel parent = channel.parent();
			if (parent != null) {
				this.connections.announceEnd(parent);
			}
		}
		RequestContext context = RequestContext.of(in, ClientTimeoutHandler.bytesWritten(channel), this.traceSampling);
		return respond(context.attachTo(request), response, in, out, context)
			.doFinally((end) -> onLoopOf(channel, () -> this.accessLog.write(in, out, context, end)));
	}

	// A response that arrived on another event loop than its client's is still queued for
	// the client's: its bytes are counted before this task runs there.
	private static void onLoopOf(Channel channel, Runnable task) {
		if (channel.eventLoop().inEventLoop()) {
			task.run();
		}
		else {
			channel.eventLoop().execute(task);
		}
	}

	private Mono<Void> respond(ServerHttpRequest request, ServerHttpResponse response, HttpServerRequest in,
			HttpServerResponse out, RequestContext context) {
		InetAddress client = (in.remoteAddress() != null) ? in.remoteAddress().getAddress() : null;
		if (!this.ipFilter.allows(client)) {
			return reject(in, out, context, HttpResponseStatus.FORBIDDEN, "Your address may not use this server.");
		}
		HttpResponseStatus excess = this.limits.excess(in, channel(out) instanceof Http2StreamChannel);
		if (excess != null) {
			return reject(in, out, context, excess, EarlyRejections.detail(excess));
		}
		List<String> named = in.requestHeaders().getAll(HttpHeaderNames.HOST);
		if (named.size() != 1) {
			return reject(in, out, context, HttpResponseStatus.BAD_REQUEST,
					"The request has " + named.size() + " Host headers; expected exactly one.");
		}
		String host = this.hosts.accept(named.get(0));
		if (host == null) {
			return reject(in, out, context, HttpResponseStatus.MISDIRECTED_REQUEST,
					"This server does not serve the requested host.");
		}
		boolean server = in.uri().equals(RequestTarget.SERVER) && HttpMethod.OPTIONS.equals(in.method());
		if (!server && (!in.uri().startsWith("/") || in.uri().indexOf('#') != -1)) {
			return reject(in, out, context, HttpResponseStatus.BAD_REQUEST,
					"The request target must be a path that begins with /, and without a fragment.");
		}
		String canonical = this.hosts.canonical(host);
		if (canonical != null && !server) {
			this.responseHeaders.complete(out.responseHeaders(), context);
			return this.hosts.redirect(out, canonical, in.uri());
		}
		if (this.rateLimiter.isOn() && client != null) {
			RateLimiter.Decision decision = this.rateLimiter.tryAcquire(client);
			out.header(RATE_LIMIT_POLICY, this.rateLimiter.policy()).header(RATE_LIMIT, decision.header());
			if (!decision.allowed()) {
				return this.problems.write(in, out, new Problem(HttpResponseStatus.TOO_MANY_REQUESTS,
						"There were too many requests from your address.", decision.seconds()), context);
			}
		}
		Hops hops = countHop(in);
		if (hops == Hops.UNREADABLE) {
			return reject(in, out, context, HttpResponseStatus.BAD_REQUEST, "Max-Forwards must be one number.");
		}
		if (server || hops == Hops.NONE_LEFT) {
			return respondForServer(in, out, context);
		}
		return this.concurrencyLimiter.run(this.next.handle(request, response),
				Mono.defer(() -> this.problems.write(in, out,
						Problem.unavailable("The server has more requests than it can handle at present."), context)),
				channel(out).eventLoop());
	}

	// Counts the hop to a backend. With other methods the header has no meaning and is
	// forwarded unchanged.
	private static Hops countHop(HttpServerRequest in) {
		HttpMethod method = in.method();
		if (!HttpMethod.OPTIONS.equals(method) && !HttpMethod.TRACE.equals(method)) {
			return Hops.LEFT;
		}
		HttpHeaders headers = in.requestHeaders();
		List<String> values = headers.getAll(HttpHeaderNames.MAX_FORWARDS);
		if (values.isEmpty()) {
			return Hops.LEFT;
		}
		String value = values.get(0);
		if (values.size() > 1 || value.isEmpty() || value.length() > MAX_HOP_DIGITS
				|| !value.chars().allMatch((c) -> c >= '0' && c <= '9')) {
			return Hops.UNREADABLE;
		}
		int left = Integer.parseInt(value);
		if (left == 0) {
			return Hops.NONE_LEFT;
		}
		headers.setInt(HttpHeaderNames.MAX_FORWARDS, left - 1);
		return Hops.LEFT;
	}

	// States what the gateway forwards; the methods of a service are not known here.
	// TRACE is rejected: it would show a client's scripts the cookies that are hidden
	// from them.
	private Mono<Void> respondForServer(HttpServerRequest in, HttpServerResponse out, RequestContext context) {
		out.header(HttpHeaderNames.ALLOW, FORWARDED_METHODS);
		if (!HttpMethod.OPTIONS.equals(in.method())) {
			return reject(in, out, context, HttpResponseStatus.METHOD_NOT_ALLOWED,
					"This server does not respond to TRACE itself.");
		}
		this.responseHeaders.complete(out.status(HttpResponseStatus.NO_CONTENT).responseHeaders(), context);
		out.responseHeaders().remove(HttpHeaderNames.TRANSFER_ENCODING);
		return out.send();
	}

	private static Channel channel(HttpServerResponse response) {
		return ((Connection) response).channel();
	}

	private Mono<Void> reject(HttpServerRequest in, HttpServerResponse out, @Nullable RequestContext context,
			HttpResponseStatus status, String detail) {
		if (status.equals(HttpResponseStatus.BAD_REQUEST) || status.equals(HttpResponseStatus.MISDIRECTED_REQUEST)) {
			// The next request on this connection may be ambiguous as well.
			out.keepAlive(false);
		}
		return this.problems.write(in, out, Problem.of(status, detail), context);
	}

	/**
	 * How many hops may a TRACE or OPTIONS request still pass (RFC 9110, section 7.6.2)?
	 */
	private enum Hops {

		/** At least the one to a backend, or there is no {@code Max-Forwards}. */
		LEFT,

		/** The gateway itself responds. */
		NONE_LEFT,

		/** {@code Max-Forwards} is no number. */
		UNREADABLE

	}

}
