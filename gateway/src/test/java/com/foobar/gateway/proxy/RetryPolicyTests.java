package com.foobar.gateway.proxy;

import io.netty.handler.codec.http.HttpMethod;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RetryPolicyTests {

	@ParameterizedTest(name = "{0} {1} with body: {2} -> {3}")
	@CsvSource({
			// failure, method, body, retried
			"NOT_SENT, GET, false, true", "NOT_SENT, POST, true, true", "NOT_SENT, PATCH, true, true",
			"NO_RESPONSE, GET, false, true", "NO_RESPONSE, HEAD, false, true", "NO_RESPONSE, OPTIONS, false, true",
			"NO_RESPONSE, GET, true, false", "NO_RESPONSE, POST, true, false", "NO_RESPONSE, POST, false, false",
			"NO_RESPONSE, PATCH, false, false", "NO_RESPONSE, PUT, true, false", "NO_RESPONSE, PUT, false, true",
			"NO_RESPONSE, DELETE, true, false", "NO_RESPONSE, DELETE, false, true", "UNAVAILABLE, GET, false, true",
			"UNAVAILABLE, HEAD, false, true", "UNAVAILABLE, POST, true, false", "UNAVAILABLE, DELETE, false, false",
			"TIMED_OUT, GET, false, false", "TIMED_OUT, POST, true, false", "CLIENT, GET, false, false" })
	void retriesSafeAndUnsentRequests(Failure failure, String method, boolean body, boolean retried) {
		assertThat(new RetryPolicy(3).mayRetry(failure, HttpMethod.valueOf(method), body, 1)).isEqualTo(retried);
	}

	@ParameterizedTest(name = "at most {0}, {1} attempts -> {2}")
	@CsvSource({ "1, 1, false", "3, 2, true", "3, 3, false", "5, 4, true", "5, 5, false" })
	void limitsTheAttempts(int maxAttempts, int attempts, boolean retried) {
		assertThat(new RetryPolicy(maxAttempts).mayRetry(Failure.NOT_SENT, HttpMethod.GET, false, attempts))
			.isEqualTo(retried);
	}

}
