package com.foobar.gateway.admin;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
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
 * Authenticates requests to the management port that change something, by HTTP Basic.
 * Reading needs no password. Rejected requests are in the audit log, as changes are.
 */
class AdminAuthFilter implements WebFilter {

	private static final Logger audit = LoggerFactory.getLogger("audit");

	private static final Set<HttpMethod> SAFE_METHODS = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

	/** Sent by a page of the console, or by no page. */
	private static final Set<String> TRUSTED_SITES = Set.of("same-origin", "none");

	private static final Duration WRONG_PASSWORD_DELAY = Duration.ofSeconds(1);

	private static final int MAX_FAILURES = 10;

	private static final Duration FAILURE_WINDOW = Duration.ofMinutes(1);

	private static final String RETRY_AFTER = String.valueOf(FAILURE_WINDOW.dividedBy(MAX_FAILURES).toSeconds());

	private static final int MAX_ADDRESSES = 1000;

	private static final InetAddress UNKNOWN_ADDRESS = new InetSocketAddress(0).getAddress();

	private final AdminPassword password;

	/** Login attempts by address. Only failures count: a success is refunded. */
	private final RateLimiter attempts = new RateLimiter(MAX_FAILURES, FAILURE_WINDOW, MAX_ADDRESSES, System::nanoTime);

	AdminAuthFilter(AdminPassword password) {
		this.password = password;
	}

	@Override
	public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
		ServerHttpRequest request = exchange.getRequest();
		if (SAFE_METHODS.contains(request.getMethod())) {
			return chain.filter(exchange);
		}
		if (!this.password.isConfigured()) {
			return reject(exchange, null, HttpResponseStatus.FORBIDDEN,
					"Changes are disabled because gateway.admin.password-file is not set.");
		}
		// A browser sends remembered credentials with requests of pages of other sites
		// too.
		String site = request.getHeaders().getFirst("Sec-Fetch-Site");
		if (site != null && !TRUSTED_SITES.contains(site)) {
			return reject(exchange, null, HttpResponseStatus.FORBIDDEN,
					"The request comes from a page of another site.");
		}
		BasicCredentials credentials = BasicCredentials.read(request.getHeaders().getFirst(HttpHeaders.AUTHORIZATION));
		if (credentials == null) {
			return unauthorized(exchange, null, "Changes need the admin password (HTTP Basic).");
		}
		// Counted before the check: of many at once, no more are tried than may fail.
		InetAddress address = address(request);
		if (!this.attempts.tryAcquire(address).allowed()) {
			exchange.getResponse().getHeaders().set(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
			return reject(exchange, credentials, HttpResponseStatus.TOO_MANY_REQUESTS,
					"Too many wrong passwords came from this address. Try again in a moment.");
		}
		return Mono.fromCallable(() -> this.password.matches(credentials.password()))
			.subscribeOn(Schedulers.boundedElastic())
			.flatMap((matches) -> matches ? authenticated(exchange, chain, credentials, address)
					: wrongPassword(exchange, credentials));
	}

	private Mono<Void> authenticated(ServerWebExchange exchange, WebFilterChain chain, BasicCredentials credentials,
			InetAddress address) {
		this.attempts.refund(address);
		Operator operator = new Operator(credentials.name(), address.getHostAddress());
		return chain.filter(exchange).contextWrite((context) -> context.put(Operator.class, operator));
	}

	private static Mono<Void> wrongPassword(ServerWebExchange exchange, BasicCredentials credentials) {
		return Mono.delay(WRONG_PASSWORD_DELAY)
			.then(Mono.defer(() -> unauthorized(exchange, credentials, "The password is wrong.")));
	}

	private static Mono<Void> unauthorized(ServerWebExchange exchange, @Nullable BasicCredentials credentials,
			String detail) {
		exchange.getResponse()
			.getHeaders()
			.set(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"gateway\", charset=\"UTF-8\"");
		return reject(exchange, credentials, HttpResponseStatus.UNAUTHORIZED, detail);
	}

	private static Mono<Void> reject(ServerWebExchange exchange, @Nullable BasicCredentials credentials,
			HttpResponseStatus status, String detail) {
		ServerHttpRequest request = exchange.getRequest();
		audit.warn("rejected operator={} address={} request=\"{} {}\": {}", (credentials != null) ? credentials : "-",
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

	/**
	 * Credentials of HTTP Basic authentication (RFC 7617).
	 *
	 * @param name user name, for the audit log
	 * @param password the password
	 */
	private record BasicCredentials(String name, String password) {

		private static final String SCHEME = "Basic ";

		private static final int MAX_NAME = 64;

		/**
		 * Parses them.
		 * @param header value of the header {@code Authorization}
		 * @return null if there are none, or malformed ones
		 */
		static @Nullable BasicCredentials read(@Nullable String header) {
			if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
				return null;
			}
			try {
				String text = new String(Base64.getDecoder().decode(header.substring(SCHEME.length()).strip()),
						StandardCharsets.UTF_8);
				int colon = text.indexOf(':');
				return (colon != -1) ? new BasicCredentials(plain(text.substring(0, colon)), text.substring(colon + 1))
						: null;
			}
			catch (IllegalArgumentException ex) {
				return null;
			}
		}

		// The name is written into the audit log, where it must stay one word of one
		// line.
		private static String plain(String name) {
			StringBuilder plain = new StringBuilder();
			name.chars()
				.limit(MAX_NAME)
				.forEach((c) -> plain.append((c > ' ' && c < 0x7f && c != '=') ? (char) c : '?'));
			return plain.isEmpty() ? "-" : plain.toString();
		}

		// Without the password.
		@Override
		public String toString() {
			return this.name;
		}

	}

}
