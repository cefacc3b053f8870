package com.foobar.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Talks to a running site as any client would, without following redirects.
 */
final class SiteClient {

	private static final JsonMapper JSON = new JsonMapper();

	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final String base;

	SiteClient(int port) {
		this.base = "http://127.0.0.1:" + port;
	}

	Answer get(String path, String... headers) {
		return send("GET", path, "", headers);
	}

	Answer postJson(String path, String json) {
		return send("POST", path, json, "Content-Type", "application/json");
	}

	Answer postForm(String path, String form) {
		return send("POST", path, form, "Content-Type", "application/x-www-form-urlencoded", "Accept", "text/html");
	}

	Answer send(String method, String path, String body, String... headers) {
		HttpRequest.BodyPublisher publisher = body.isEmpty() ? HttpRequest.BodyPublishers.noBody()
				: HttpRequest.BodyPublishers.ofString(body);
		HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(this.base + path))
			.timeout(Duration.ofSeconds(20))
			.method(method, publisher);
		if (headers.length > 0) {
			request.headers(headers);
		}
		try {
			return new Answer(this.client.send(request.build(), HttpResponse.BodyHandlers.ofString()));
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
	 * One answer.
	 *
	 * @param response as it came
	 */
	record Answer(HttpResponse<String> response) {

		int status() {
			return this.response.statusCode();
		}

		String body() {
			return this.response.body();
		}

		JsonNode json() {
			return JSON.readTree(body());
		}

		String header(String name) {
			return String.join(", ", this.response.headers().allValues(name));
		}

	}

}
