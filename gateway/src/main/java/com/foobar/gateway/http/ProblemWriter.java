package com.foobar.gateway.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.web.util.HtmlUtils;

/**
 * Writes a {@link Problem}: as problem details, or as a small page to a browser.
 */
public final class ProblemWriter {

	/** The media type of problem details. */
	public static final String PROBLEM_JSON = "application/problem+json";

	private static final JsonMapper json = JsonMapper.builder().build();

	private static final String STYLE = ":root{color-scheme:light dark;background:#f7f8f8;color:#16181d}"
			+ "@media(prefers-color-scheme:dark){:root{background:#111317;color:#eceef1}}"
			+ "body{font:1.1rem/1.6 system-ui,sans-serif;max-width:38rem;margin:15vh auto;padding:0 1.5rem;overflow-wrap:anywhere}"
			+ "h1{font:600 2.2rem/1.2 Georgia,serif;margin:0 0 1.2rem}small{opacity:.75}";

	// No script, no picture, no other origin; the hash admits this one style.
	private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; style-src 'sha256-" + sha256(STYLE)
			+ "'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

	private final ResponseHeaders responseHeaders;

	public ProblemWriter(ResponseHeaders responseHeaders) {
		this.responseHeaders = responseHeaders;
	}

	/**
	 * Writes the problem and ends the response.
	 * @param request the request
	 * @param response its response, of which nothing has been sent
	 * @param problem the problem
	 * @param context the request's context; null for none
	 */
	public Mono<Void> write(HttpServerRequest request, HttpServerResponse response, Problem problem,
			@Nullable RequestContext context) {
		String requestId = (context != null) ? context.requestId() : null;
		String accept = request.requestHeaders().get(HttpHeaderNames.ACCEPT);
		boolean page = accept != null && accept.contains("text/html");
		byte[] body = (page ? page(problem, requestId) : problemDetails(problem, requestId))
			.getBytes(StandardCharsets.UTF_8);
		HttpHeaders headers = response.status(problem.status()).responseHeaders();
		headers.set(HttpHeaderNames.CONTENT_TYPE, page ? "text/html;charset=UTF-8" : PROBLEM_JSON);
		headers.setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
		headers.set(HttpHeaderNames.CACHE_CONTROL, "no-store");
		headers.set(HttpHeaderNames.VARY, HttpHeaderNames.ACCEPT);
		if (page) {
			headers.set(HttpHeaderNames.CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY);
		}
		if (problem.retryAfter() > 0) {
			headers.setInt(HttpHeaderNames.RETRY_AFTER, problem.retryAfter());
		}
		if (context != null) {
			this.responseHeaders.complete(headers, context);
		}
		return response.send(Flux.just(Unpooled.wrappedBuffer(body))).then();
	}

	/**
	 * A problem as JSON.
	 * @param problem the problem
	 * @param requestId id of the request that has it; null for none
	 */
	public static String problemDetails(Problem problem, @Nullable String requestId) {
		Map<String, Object> fields = new LinkedHashMap<>();
		fields.put("type", "about:blank");
		fields.put("title", problem.status().reasonPhrase());
		fields.put("status", problem.status().code());
		fields.put("detail", problem.detail());
		if (requestId != null) {
			fields.put("requestId", requestId);
		}
		return json.writeValueAsString(fields);
	}

	private static String page(Problem problem, @Nullable String requestId) {
		String title = HtmlUtils.htmlEscape(problem.status().reasonPhrase());
		return "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">"
				+ "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><title>" + title
				+ "</title><style>" + STYLE + "</style></head><body><main><h1>" + title + "</h1><p>"
				+ HtmlUtils.htmlEscape(problem.detail()) + "</p>"
				+ ((problem.retryAfter() > 0) ? "<p>Please try again in a moment.</p>" : "") + "<p><small>"
				+ problem.status().code() + ((requestId != null) ? " · request " + HtmlUtils.htmlEscape(requestId) : "")
				+ "</small></p></main></body></html>";
	}

	/** The hash of an inline style or script, for a content security policy. */
	public static String sha256(String text) {
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
			return Base64.getEncoder().encodeToString(digest);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-256", ex);
		}
	}

}
