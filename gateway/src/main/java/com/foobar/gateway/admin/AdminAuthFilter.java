package com.foobar.gateway.admin;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;

import com.foobar.gateway.backend.Operator;
import com.foobar.gateway.http.Problem;
import com.foobar.gateway.http.ProblemWriter;
import com.foobar.gateway.limit.RateLimiter;
import io.netty.handler.codec.http.HttpResponseStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;

/**
 * Stands before the management port: everybody who reaches it may read, and only who
 * knows the password may change something. Refusals are in the audit log, as the orders
 * are.
 */
class AdminAuthFilter implements WebFilter {

	private static final Logger audit = LoggerFactory.getLogger("audit");

	private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

	/** Of a page of our own, or of no page at all. */
	private static final Set<String> TRUSTED_SITES = Set.of("same-origin", "none");

	private static final Duration WRONG_PASSWORD_DELAY = Duration.ofSeconds(1);

	private static final int MAX_FAILURES = 10;

	private static final Duration FAILURE_WINDOW = Duration.ofMinutes(1);

	private static final String RETRY_AFTER = String.valueOf(FAILURE_WINDOW.dividedBy(MAX_FAILURES).toSeconds());

	private static final int MAX_ADDRESSES = 1000;

	private static final InetAddress UNKNOWN_ADDRESS = new InetSocketAddress(0).getAddress();

	private final AdminPassword password;

	/** Login attempts by address. Only failures count: a success is given back. */
	private final RateLimiter attempts = new RateLimiter(MAX_FAILURES, FAILURE_WINDOW, MAX_ADDRESSES, System::nanoTime);

	/**
	 * @param password of the operators
	 */
	AdminAuthFilter(AdminPassword password) {
		this.password = password;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (READING.contains(request.getMethod())) {
			return chain.filter(exchange);
		}
		if (!this.password.isConfigured()) {
			return refuse(exchange, null, HttpResponseStatus.FORBIDDEN,
					"Orders are refused because gateway.admin.password-file is not set.");
		}
		// A browser that has been given the password sends it along whatever page asks.
		String site = request.getHeaders().getFirst("Sec-Fetch-Site");
		if (site != null && !TRUSTED_SITES.contains(site)) {
			return refuse(exchange, null, HttpResponseStatus.FORBIDDEN,
					"The request comes from a page of another site.");
		}
		BasicCredentials credentials = BasicCredentials.read(request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION));
		if (credentials == null) {
			return unauthorized(exchange, null, "Orders need the operators' password (HTTP Basic).");
		}
		// Counted before the check: of many at once, no more are tried than may fail.
		InetAddress address = address(request);
		if (!this.attempts.take(address).granted()) {
			exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
			return refuse(exchange, credentials, HttpResponseStatus.TOO_MANY_REQUESTS,
					"Too many wrong passwords came from this address. Try again in a moment.");
		}
		return Mono.fromCallable(() -> this.password.matches(credentials.password()))
			.subscribeOn(Schedulers.boundedElastic())
			.flatMap((right) -> right ? right(exchange, chain, credentials, address) : wrong(exchange, credentials));
	}

	private Mono<Void> right(ServerWebExchange exchange, WebFilterChain chain, BasicCredentials credentials,
			InetAddress address) {
		this.attempts.giveBack(address);
		Operator operator = new Operator(credentials.name(), address.getHostAddress());
		return chain.filter(exchange).contextWrite((context) -> context.put(Operator.class, operator));
	}

	private static Mono<Void> wrong(ServerWebExchange exchange, BasicCredentials credentials) {
		return Mono.delay(WRONG_PASSWORD_DELAY)
			.then(Mono.defer(() -> unauthorized(exchange, credentials, "The password is wrong.")));
	}

	private static Mono<Void> unauthorized(ServerWebExchange exchange, @Nullable BasicCredentials credentials,
			String detail) {
		exchange.getResponse()
			.getHeaders()
			.set(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"gateway\", charset=\"UTF-8\"");
		return refuse(exchange, credentials, HttpResponseStatus.UNAUTHORIZED, detail);
	}

	private static Mono<Void> refuse(ServerWebExchange exchange, @Nullable BasicCredentials credentials,
			HttpResponseStatus status, String detail) {
		ServerHttpRequest request = exchange.getRequest();
		audit.warn("refused operator={} address={} request=\"{} {}\": {}", (credentials != null) ? credentials : "-",
				address(request).getHostAddress(), request.getMethod(), request.getURI().getRawPath(), detail);
		ServerHttpResponse response = exchange.getResponse();
		response.setStatusCode(HttpStatusCode.valueOf(status.code()));
		response.getHeaders().set(HttpHeaders.CONTENT_TYPE, ProblemWriter.PROBLEM_JSON);
		byte[] body = ProblemWriter.problemDetails(Problem.of(status, detail), null).getBytes(StandardCharsets.UTF_8);
		return response.writeWith(Mono.fromSupplier(() -> response.bufferFactory().wrap(body)));
	}

	private static InetAddress address(ServerHttpRequest request) {
		InetSocketAddress remote = request.getRemoteAddress();
		return (remote != null && remote.getAddress() != null) ? remote.getAddress() : UNKNOWN_ADDRESS;
	}

}
