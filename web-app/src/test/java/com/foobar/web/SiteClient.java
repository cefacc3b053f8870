package com.foobar.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.UUID;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of a running site that does not follow redirects.
 */
final class SiteClient {

	private static final JsonMapper JSON = new JsonMapper();

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final String base;

	private String session = "";

	SiteClient(int port) {
		this("http://127.0.0.1:" + port);
	}

	private SiteClient(String base) {
		this.base = base;
	}

	/**
	 * Joins as a new member and signs in; later requests send that session.
	 */
	SiteClient join(String name) {
		String address = UUID.randomUUID() + "@example.org";
		Response joined = postJson("/api/members",
				"{\"name\":\"" + name + "\",\"email\":\"" + address + "\",\"password\":\"correct horse battery\"}");
		if (joined.status() != 201) {
			throw new IllegalStateException("Joining returned " + joined.status() + ": " + joined.body());
		}
		return signIn(address, "correct horse battery");
	}

	SiteClient signIn(String address, String password) {
		Response signedIn = postJson("/api/session",
				"{\"email\":\"" + address + "\",\"password\":\"" + password + "\"}");
		if (signedIn.status() != 200) {
			throw new IllegalStateException("Signing in returned " + signedIn.status() + ": " + signedIn.body());
		}
		return with(signedIn.cookie("session"));
	}

	/**
	 * A client of the same site with another session.
	 */
	SiteClient with(String session) {
		SiteClient other = new SiteClient(this.base);
		other.session = session;
		return other;
	}

	String session() {
		return this.session;
	}

	Response get(String path, String... headers) {
		return send("GET", path, "", headers);
	}

	Response postJson(String path, String json) {
		return send("POST", path, json, "Content-Type", "application/json");
	}

	Response postForm(String path, String form) {
		return send("POST", path, form, "Content-Type", "application/x-www-form-urlencoded", "Accept", "text/html");
	}

	Response send(String method, String path, String body, String... headers) {
		HttpRequest.BodyPublisher publisher = body.isEmpty() ? HttpRequest.BodyPublishers.noBody()
				: HttpRequest.BodyPublishers.ofString(body);
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.base + path))
			.timeout(Duration.ofSeconds(20))
			.method(method, publisher);
		if (headers.length > 0) {
			request.headers(headers);
		}
		if (!this.session.isEmpty()) {
			request.header("Cookie", this.session);
		}
		try {
			return new Response(this.client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A response.
	 *
	 * @param response as it came
	 */
	record Response(HttpResponse<String> response) {

		int status() {
			return this.response.statusCode();
		}

		String body() {
			return this.response.body();
		}

		JsonNode json() {
			return JSON.readTree(body());
		}

		/**
		 * A cookie of the response, in the form in which a request sends it.
		 */
		String cookie(String name) {
			return this.response.headers()
				.allValues("Set-Cookie")
				.stream()
				.map((cookie) -> cookie.substring(0, cookie.indexOf(';')))
				.filter((cookie) -> cookie.startsWith(name + "="))
				.findFirst()
				.orElse("");
		}

		String header(String name) {
			return String.join(", ", this.response.headers().allValues(name));
		}

	}

}
