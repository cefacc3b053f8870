package com.foobar.gateway.http;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TraceContextTests {

	private static final String VALID = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

	@Test
	void forwardsAValidContextUnchanged() {
		HttpHeaders headers = new DefaultHttpHeaders().add("traceparent", VALID)
			.add("tracestate", "a=1")
			.add("tracestate", "b=2");
		TraceContext context = TraceContext.acceptOrMake(headers, 0);
		assertThat(context.traceId()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
		HttpHeaders toBackend = new DefaultHttpHeaders();
		context.write(toBackend);
		assertThat(toBackend.get("traceparent")).isEqualTo(VALID);
		assertThat(toBackend.get("tracestate")).isEqualTo("a=1,b=2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "00", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-0",
			"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more",
			"00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01",
			"00-00000000000000000000000000000000-b7ad6b7169203331-01",
			"00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
			"ff-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
			"00_0af7651916cd43dd8448eb211c80319c_b7ad6b7169203331_01",
			"01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01x" })
	void replacesAnInvalidContext(String offered) {
		HttpHeaders headers = new DefaultHttpHeaders().add("traceparent", offered).add("tracestate", "a=1");
		TraceContext context = TraceContext.acceptOrMake(headers, 0);
		assertThat(context.parent()).isNotEqualTo(offered).endsWith("-00");
		assertThat(TraceContext.isValid(context.parent())).isTrue();
		assertThat(context.state()).isNull();
	}

	@Test
	void acceptsTheKnownFieldsOfALaterVersion() {
		String later = "cc-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-what-the-future-will-be";
		HttpHeaders headers = new DefaultHttpHeaders().add("traceparent", later);
		assertThat(TraceContext.acceptOrMake(headers, 0).parent()).isEqualTo(later);
	}

	@Test
	void replacesARepeatedContext() {
		HttpHeaders headers = new DefaultHttpHeaders().add("traceparent", VALID).add("traceparent", VALID);
		assertThat(TraceContext.acceptOrMake(headers, 0).parent()).isNotEqualTo(VALID);
	}

	@Test
	void samplesTheConfiguredShare() {
		assertThat(TraceContext.acceptOrMake(new DefaultHttpHeaders(), 100).parent())
			.matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
	}

}
