package com.foobar.gateway.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class RequestContextTests {

	@ParameterizedTest
	@ValueSource(strings = { "a", "3f2b-11", "Root=1-67891233-abcdef", "a_b.c:d", "0123456789abcdef0123456789abcdef" })
	void acceptsValidIds(String id) {
		assertThat(RequestContext.requestId(id)).isEqualTo(id);
	}

	@ParameterizedTest
	@NullAndEmptySource
	@ValueSource(strings = { "a b", "a\nb", "a\"b", "<script>", "ä", "a;b" })
	void replacesInvalidIds(String id) {
		assertThat(RequestContext.requestId(id)).matches("[0-9a-f]{32}");
	}

	@Test
	void limitsTheLength() {
		assertThat(RequestContext.requestId("a".repeat(128))).isEqualTo("a".repeat(128));
		assertThat(RequestContext.requestId("a".repeat(129))).matches("[0-9a-f]{32}");
	}

	@Test
	void generatesUniqueIds() {
		assertThat(RequestContext.requestId(null)).isNotEqualTo(RequestContext.requestId(null));
	}

}
