package com.foobar.gateway.http;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;
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

	private final HttpHeaders from = new DefaultHttpHeaders();

	@Test
	void copiesEveryValue() {
		this.from.add("Set-Cookie", "a=1").add("set-cookie", "b=2").add("Accept", "*/*");
		assertThat(copied().getAll("Set-Cookie")).containsExactly("a=1", "b=2");
		assertThat(copied().get("accept")).isEqualTo("*/*");
	}

	@Test
	void dropsHopByHopHeaders() {
		for (String name : new String[] { "connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer",
				"Transfer-Encoding", "Upgrade", "Expect" }) {
			this.from.set(name, "x");
		}
		assertThat(copied()).isEmpty();
	}

	@Test
	void dropsHeadersNamedByConnection() {
		this.from.add("Connection", "keep-alive, X-Secret").add("X-Secret", "1").add("X-Other", "2");
		assertThat(copied().names()).containsExactly("X-Other");
	}

	@Test
	void keepsFramingHeadersNamedByConnection() {
		this.from.add("Connection", "Content-Length, Host").add("Content-Length", "5").add("Host", "h");
		assertThat(copied().names()).containsExactly("Content-Length", "Host");
	}

	@Test
	void dropsReservedHeaders() {
		this.from.add("X-Real-IP", "1.1.1.1").add("A", "1");
		HttpHeaders to = new DefaultHttpHeaders();
		ForwardedHeaders.copyEndToEnd(this.from, to, "X-Real-IP"::equals);
		assertThat(to.names()).containsExactly("A");
	}

	private HttpHeaders copied() {
		HttpHeaders to = new DefaultHttpHeaders();
		ForwardedHeaders.copyEndToEnd(this.from, to, (name) -> false);
		return to;
	}

}
