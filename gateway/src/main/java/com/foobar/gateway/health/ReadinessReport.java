package com.foobar.gateway.health;

import java.util.ArrayList;
import java.util.List;

import com.foobar.gateway.backend.DatabaseReports.DatabaseReport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Parses a response to a readiness check. The status code decides. The body, in the form
 * of Spring Boot's health endpoint, may add that the backend cannot write, and the state
 * of its databases: {@code components.database.details.nodes}.
 */
final class ReadinessReport {

	private static final JsonMapper json = JsonMapper.builder().build();

	private static final int REASON_LENGTH = 200;

	private static final int MAX_DATABASES = 32;

	private ReadinessReport() {
	}

	static ReadinessCheck.Result read(int status, byte[] body) {
		if (status == 200) {
			JsonNode details = tree(body).path("components").path("database").path("details");
			return new ReadinessCheck.Result.Ready(writes(details), databases(details.path("nodes")));
		}
		if (status == 503) {
			return new ReadinessCheck.Result.NotReady("not ready: " + status(body));
		}
		return new ReadinessCheck.Result.Failed("readiness check: status " + status + "; expected 200 or 503");
	}

	// A backend that reports nothing about writes can write.
	private static boolean writes(JsonNode details) {
		JsonNode node = details.path("writes");
		return !node.isBoolean() || node.booleanValue();
	}

	private static List<DatabaseReport> databases(JsonNode nodes) {
		List<DatabaseReport> reports = new ArrayList<>();
		for (JsonNode node : nodes) {
			JsonNode name = node.path("name");
			if (name.isString() && reports.size() < MAX_DATABASES) {
				JsonNode lag = node.path("lagMillis");
				reports.add(new DatabaseReport(shortened(name.stringValue()), text(node.path("role"), "unknown"),
						node.path("eligible").asBoolean(false), text(node.path("status"), ""),
						lag.isIntegralNumber() ? lag.longValue() : null, node.path("reads").asLong(0),
						node.path("writes").asLong(0)));
			}
		}
		return List.copyOf(reports);
	}

	private static String status(byte[] body) {
		return text(tree(body).path("status"), "503");
	}

	private static String text(JsonNode node, String otherwise) {
		return node.isString() ? shortened(node.stringValue()) : otherwise;
	}

	private static String shortened(String text) {
		return (text.length() > REASON_LENGTH) ? text.substring(0, REASON_LENGTH) : text;
	}

	private static JsonNode tree(byte[] body) {
		if (body.length == 0) {
			return json.createObjectNode();
		}
		try {
			return json.readTree(body);
		}
		catch (JacksonException ex) {
			return json.createObjectNode();
		}
	}

}
