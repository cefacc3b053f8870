package com.foobar.web.notices.web;

import java.time.Instant;

import jakarta.servlet.http.Cookie;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.http.ResponseCookie;
import org.springframework.mock.web.MockHttpServletRequest;

import com.foobar.web.notices.NoticeAuthor;
import com.foobar.web.notices.NoticeView;

import static org.assertj.core.api.Assertions.assertThat;

class PostedCookieTests {

	@Test
	void survivesTheRedirect() {
		ResponseCookie cookie = PostedCookie.write(new NoticeView(7, "t", "b", NoticeAuthor.GUEST, Instant.EPOCH, 0),
				null, true);
		assertThat(cookie.isSecure()).isTrue();
		assertThat(cookie.isHttpOnly()).isTrue();
		assertThat(PostedCookie.read(request(cookie.getValue()))).isEqualTo(new PostedCookie.Posted(7, null, null));
	}

	@Test
	void readsTheRoute() {
		assertThat(PostedCookie.read(request("7/web-app-2/mysql-primary:3307")))
			.isEqualTo(new PostedCookie.Posted(7, "web-app-2", "mysql-primary:3307"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "x", "-1", "7/", "7/a", "7/<b>/c", "7/a/b/c", "7/a b/c", "1234567890123456789012" })
	void ignoresWhatItDidNotWrite(String value) {
		assertThat(PostedCookie.read(request(value))).isNull();
	}

	private static MockHttpServletRequest request(String value) {
		MockHttpServletRequest request = new MockHttpServletRequest();
		request.setCookies(new Cookie(PostedCookie.NAME, value));
		return request;
	}

}
