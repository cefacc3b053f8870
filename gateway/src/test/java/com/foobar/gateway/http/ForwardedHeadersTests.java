package com.foobar.gateway.http;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ForwardedHeadersTests {

	@ParameterizedTest
	@ValueSource(strings = { "Forwarded", "forwarded", "X-Forwarded-For", "x-forwarded-proto", "X-FORWARDED-HOST",
			"x-forwarded-anything", "X-Real-IP", "x-request-id", "x-http2-stream-id" })
	void reservesHeadersOfTheGateway(String name) {
		assertThat(ForwardedHeaders.isReserved(name)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Host", "Accept", "X-Requested-With", "X-Forwarded", "X-", "x", "Forward", "Read-After" })
	void leavesOtherHeaders(String name) {
		assertThat(ForwardedHeaders.isReserved(name)).isFalse();
	}

}
