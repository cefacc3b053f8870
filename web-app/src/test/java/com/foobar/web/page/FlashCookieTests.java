package com.foobar.web.page;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import com.foobar.web.page.FlashCookie.Action;
import com.foobar.web.page.FlashCookie.Flash;

import static org.assertj.core.api.Assertions.assertThat;

class FlashCookieTests {

	@Test
	void isReadOnceAfterTheRedirect() {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setSecure(true);
		MockHttpServletResponse response = new MockHttpServletResponse();
		FlashCookie.write(Action.CHANGED, 7, request, response);
		assertThat(response.getHeader("Set-Cookie")).contains("HttpOnly", "Secure", "SameSite=Lax");

		MockHttpServletResponse next = new MockHttpServletResponse();
		request.setCookies(new Cookie(FlashCookie.NAME, "changed-7"));
		assertThat(FlashCookie.take(request, next)).isEqualTo(new Flash("changed", 7, null, null));
		assertThat(next.getHeader("Set-Cookie")).contains("flash=;", "Max-Age=0");
	}

	@Test
	void readsTheRoute() {
		assertThat(FlashCookie.parse("posted-7/web-app-2/mysql-primary:3307"))
			.isEqualTo(new Flash("posted", 7, "web-app-2", "mysql-primary:3307"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "posted-", "posted--1", "7", "posted-7/", "posted-7/a", "posted-7/<b>/c",
			"posted-7/a/b/c", "sold-7", "posted-1234567890123456789012" })
	void ignoresForeignValues(String value) {
		assertThat(FlashCookie.parse(value)).isNull();
	}

}
