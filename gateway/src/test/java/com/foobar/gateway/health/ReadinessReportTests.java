package com.foobar.gateway.health;

import java.nio.charset.StandardCharsets;
import java.util.List;

import com.foobar.gateway.backend.DatabaseReports.DatabaseReport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ReadinessReportTests {

	@ParameterizedTest
	@ValueSource(strings = { "", "OK", "[]", "{\"status\":\"UP\"}", "{\"components\":{\"database\":7}}", "{\"comp",
			"{\"components\":{\"database\":{\"details\":{\"writes\":\"no\"}}}}",
			"{\"components\":{\"database\":{\"details\":{\"reads\":true,\"writes\":true}}}}" })
	void isWritableUnlessReportedOtherwise(String body) {
		assertThat(read(200, body)).isEqualTo(new ReadinessCheck.Result.Ready(true));
	}

	@Test
	void mayBeReadyWithoutBeingWritable() {
		assertThat(read(200,
				"{\"status\":\"UP\",\"components\":{\"database\":{\"status\":\"UP\",\"details\":{\"reads\":true,\"writes\":false}}}}"))
			.isEqualTo(new ReadinessCheck.Result.Ready(false));
	}

	@Test
	void parsesTheDatabases() {
		assertThat(read(200, details("""
				[{"name":"p","role":"primary","eligible":true,"status":"eligible","lagMillis":0,"reads":2,"writes":3},
				{"name":"r","role":"replica","eligible":false,"status":"no response","reads":7,"writes":0}]""")))
			.isEqualTo(new ReadinessCheck.Result.Ready(true,
					List.of(new DatabaseReport("p", "primary", true, "eligible", 0L, 2, 3),
							new DatabaseReport("r", "replica", false, "no response", null, 7, 0))));
	}

	@ParameterizedTest
	@ValueSource(strings = { "7", "{}", "[7]", "[{\"role\":\"primary\"}]", "null" })
	void ignoresInvalidDatabases(String nodes) {
		assertThat(read(200, details(nodes))).isEqualTo(new ReadinessCheck.Result.Ready(true));
	}

	@Test
	void treatsInvalidValuesAsUnknown() {
		assertThat(read(200,
				details("[{\"name\":\"r\",\"eligible\":\"x\",\"lagMillis\":\"x\",\"reads\":\"x\",\"writes\":[]}]")))
			.isEqualTo(new ReadinessCheck.Result.Ready(true,
					List.of(new DatabaseReport("r", "unknown", false, "", null, 0, 0))));
	}

	private static String details(String nodes) {
		return "{\"status\":\"UP\",\"components\":{\"database\":{\"details\":{\"nodes\":" + nodes + "}}}}";
	}

	@Test
	void serviceUnavailableIsARefusal() {
		assertThat(read(503, "{\"status\":\"OUT_OF_SERVICE\"}"))
			.isEqualTo(new ReadinessCheck.Result.NotReady("not ready: OUT_OF_SERVICE"));
		assertThat(read(503, "sorry")).isEqualTo(new ReadinessCheck.Result.NotReady("not ready: 503"));
	}

	@ParameterizedTest
	@ValueSource(ints = { 204, 302, 401, 404, 500 })
	void failsOnAnyOtherStatus(int status) {
		assertThat(read(status, "{\"status\":\"UP\"}")).isInstanceOf(ReadinessCheck.Result.Failed.class);
	}

	private static ReadinessCheck.Result read(int status, String body) {
		return ReadinessReport.read(status, body.getBytes(StandardCharsets.UTF_8));
	}

}
