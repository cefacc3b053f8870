package com.foobar.gateway.health;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads a backend's answer to its readiness check: the status code decides, and the body,
 * in the form of Spring Boot's health endpoint, may add that it cannot write.
 */
final class ReadinessReport {

	private static final JsonMapper json = JsonMapper.builder().build();

	private static final int REASON_LENGTH = 200;

	private ReadinessReport() {
	}

	static CheckResult read(int status, byte[] body) {
		if (status == 200) {
			return new CheckResult.Ready(writes(body));
		}
		if (status == 503) {
			return new CheckResult.Refused("not ready: " + status(body));
		}
		return new CheckResult.Failed("readiness check was answered " + status + "; expected 200 or 503");
	}

	// A backend that does not speak of writes is an ordinary one, which can write.
	private static boolean writes(byte[] body) {
		JsonNode node = tree(body).path("components").path("database").path("details").path("writes");
		return !node.isBoolean() || node.booleanValue();
	}

	private static String status(byte[] body) {
		JsonNode status = tree(body).path("status");
		String text = status.isString() ? status.stringValue() : "503";
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
