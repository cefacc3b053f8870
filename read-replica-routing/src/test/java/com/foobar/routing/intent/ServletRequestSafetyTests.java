package com.foobar.routing.intent;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

import static org.assertj.core.api.Assertions.assertThat;

class ServletRequestSafetyTests {

	private final ServletRequestSafety kind = new ServletRequestSafety();

	@AfterEach
	void forgetRequest() {
		RequestContextHolder.resetRequestAttributes();
	}

	@ParameterizedTest
	@CsvSource({ "GET, SAFE", "HEAD, SAFE", "OPTIONS, SAFE", "TRACE, SAFE", "POST, UNSAFE", "PUT, UNSAFE",
			"PATCH, UNSAFE", "DELETE, UNSAFE", "get, UNSAFE", "PURGE, UNSAFE" })
	void httpMethodDecidesWhetherTheRequestMayWrite(String method, RequestSafety expected) {
		bind(new MockHttpServletRequest(method, "/"));
		assertThat(this.kind.get()).isEqualTo(expected);
	}

	@Test
	void threadWithoutARequestHasNoRequest() {
		assertThat(this.kind.get()).isEqualTo(RequestSafety.NONE);
	}

	@Test
	void recycledRequestIsIgnored() {
		bind(new HttpServletRequestWrapper(new MockHttpServletRequest("GET", "/")) {
			@Override
			public String getMethod() {
				throw new IllegalStateException("The request object has been recycled");
			}
		});
		assertThat(this.kind.get()).isEqualTo(RequestSafety.NONE);
	}

	private static void bind(HttpServletRequest request) {
		RequestContextHolder.setRequestAttributes(new ServletRequestAttributes(request));
	}

}
