package com.foobar.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of the site that trusts only the stack's own certificate authority.
 * Thread-safe.
 */
final class Site {

	private static final JsonMapper JSON = JsonMapper.shared();

	/** Longer than any timeout inside the stack, so that the stack responds first. */
	private static final Duration TIMEOUT = Duration.ofSeconds(30);

	private final URI root;

	private final HttpClient client;

	/** The cookie of the member that this client is signed in as. */
	private volatile String session = "";

	Site(URI root, X509Certificate authority) {
		this.root = root;
		this.client = HttpClient.newBuilder()
			.sslContext(trusting(authority))
			.connectTimeout(Duration.ofSeconds(5))
			.followRedirects(HttpClient.Redirect.NEVER)
			.build();
	}

	/**
	 * Joins as a new member and signs in. From now on this client posts as that member,
	 * on every instance: the session cookie is self-contained.
	 */
	void join(String name) {
		Map<String, String> member = Map.of("name", name, "email", UUID.randomUUID() + "@example.org", "password",
				"correct horse battery staple");
		SiteResponse joined = post("/api/members", member);
		if (joined.status() != 201) {
			throw new IllegalStateException("joining failed: " + joined);
		}
		SiteResponse signedIn = post("/api/session",
				Map.of("email", member.get("email"), "password", member.get("password")));
		if (signedIn.status() != 200) {
			throw new IllegalStateException("signing in failed: " + signedIn);
		}
		keepSession(signedIn);
	}

	private void keepSession(SiteResponse response) {
		response.response()
			.headers()
			.allValues("Set-Cookie")
			.stream()
			.filter((cookie) -> cookie.startsWith("__Host-session="))
			.forEach((cookie) -> this.session = cookie.substring(0, cookie.indexOf(';')));
	}

	SiteResponse get(String path) {
		return send(request(path).GET().build());
	}

	SiteResponse post(String path, Object body) {
		HttpRequest.Builder request = request(path).header("Content-Type", "application/json")
			.POST(HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
		SiteResponse response = send(signed(request).build());
		// A session in use is renewed now and then.
		keepSession(response);
		return response;
	}

	/**
	 * A request with the session cookie.
	 */
	HttpRequest.Builder signedRequest(String path) {
		return signed(request(path));
	}

	private HttpRequest.Builder signed(HttpRequest.Builder request) {
		return this.session.isEmpty() ? request : request.header("Cookie", this.session);
	}

	SiteResponse postForm(String path, Map<String, String> fields) {
		String body = fields.entrySet()
			.stream()
			.map((field) -> URLEncoder.encode(field.getKey(), StandardCharsets.UTF_8) + "="
					+ URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
		return send(signed(request(path)).header("Content-Type", "application/x-www-form-urlencoded")
			.header("Accept", "text/html")
			.header("Origin", this.root.toString())
			.POST(HttpRequest.BodyPublishers.ofString(body))
			.build());
	}

	SiteResponse page(String path) {
		return send(request(path).header("Accept", "text/html").GET().build());
	}

	HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(this.root.resolve(path)).timeout(TIMEOUT);
	}

	SiteResponse send(HttpRequest request) {
		try {
			return new SiteResponse(this.client.send(request, BodyHandlers.ofString()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(request.method() + " " + request.uri() + " got no response", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("interrupted while waiting for " + request.uri(), ex);
		}
	}

	private static SSLContext trusting(X509Certificate authority) {
		try {
			KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
			trusted.load(null, null);
			trusted.setCertificateEntry("authority", authority);
			TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			trust.init(trusted);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, trust.getTrustManagers(), null);
			return context;
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException("cannot trust the stack's certificate authority", ex);
		}
	}

	/**
	 * A response of the site.
	 */
	record SiteResponse(HttpResponse<String> response) {

		int status() {
			return this.response.statusCode();
		}

		String body() {
			return this.response.body();
		}

		@Nullable String header(String name) {
			return this.response.headers().firstValue(name).orElse(null);
		}

		/** A cookie that was set, as the client sends it back: {@code name=value}. */
		@Nullable String cookie(String name) {
			return this.response.headers()
				.allValues("Set-Cookie")
				.stream()
				.filter((cookie) -> cookie.startsWith(name + "="))
				.map((cookie) -> cookie.split(";", 2)[0])
				.findFirst()
				.orElse(null);
		}

		JsonNode json() {
			return JSON.readTree(this.response.body());
		}

		Route route() {
			return Route.of(this.response.headers().allValues("Server-Timing"));
		}

		@Override
		public String toString() {
			return this.response.request().method() + " " + this.response.uri() + " -> " + status() + " "
					+ this.response.headers().map() + "\n" + body();
		}

	}

}
