package com.foobar.web.request;

import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.Filter;
import jakarta.servlet.ServletException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;

import com.foobar.web.SiteProperties;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RequestFiltersTests {

	private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/");

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private final MockFilterChain chain = new MockFilterChain();

	@ParameterizedTest
	@ValueSource(strings = { "4bf92f3577b34da6", "Root=1-67891233-abcdef012345678912345678", "a:b_c.d=e", "-_.:=",
			"01234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567" })
	void usesTheRequestIdOfTheGateway(String given) throws Exception {
		this.request.addHeader("X-Request-Id", given);
		run(new RequestIdFilter());
		assertThat(this.response.getHeader("X-Request-Id")).isEqualTo(given);
		assertThat(MDC.get("requestId")).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "a b", "a\r\nb", "${jndi:x}", "<b>",
			"012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678" })
	void replacesAnInvalidRequestId(String given) throws Exception {
		this.request.addHeader("X-Request-Id", given);
		run(new RequestIdFilter());
		assertThat(this.response.getHeader("X-Request-Id")).matches("[0-9a-f-]{36}");
	}

	@ParameterizedTest
	@CsvSource({ "same-origin,,200", "none,,200", "cross-site,,403", "same-site,,403", ",http://localhost,200",
			",https://localhost,403", ",http://evil.example,403", ",null,403", ",,200",
			"cross-site,http://localhost,403" })
	void rejectsCrossSiteWrites(String fetchSite, String origin, int status) throws Exception {
		if (fetchSite != null) {
			this.request.addHeader("Sec-Fetch-Site", fetchSite);
		}
		if (origin != null) {
			this.request.addHeader("Origin", origin);
		}
		run(new SameOriginFilter());
		assertThat(this.response.getStatus()).isEqualTo(status);
		assertThat(this.chain.getRequest() != null).isEqualTo(status == 200);
	}

	@Test
	void acceptsCrossSiteNavigation() throws Exception {
		this.request.setMethod("GET");
		this.request.addHeader("Sec-Fetch-Site", "cross-site");
		run(new SameOriginFilter());
		assertThat(this.chain.getRequest()).isNotNull();
	}

	@Test
	void stopsReadingAChunkedBodyAtTheLimit() throws Exception {
		LimitedBodyRequest limited = new LimitedBodyRequest(this.request, 10);
		this.request.setContent(new byte[11]);
		assertThatExceptionOfType(LimitedBodyRequest.BodyTooLargeException.class)
			.isThrownBy(() -> limited.getInputStream().readAllBytes());
	}

	@Test
	void rejectsALargeContentLength() throws Exception {
		this.request.setContent(new byte[11]);
		run(new BodyLimitFilter(new SiteProperties(null, false, Duration.ZERO, DataSize.ofBytes(10), false, null)));
		assertThat(this.response.getStatus()).isEqualTo(413);
		assertThat(this.chain.getRequest()).isNull();
	}

	private void run(Filter filter) throws ServletException, IOException {
		filter.doFilter(this.request, this.response, this.chain);
	}

}
