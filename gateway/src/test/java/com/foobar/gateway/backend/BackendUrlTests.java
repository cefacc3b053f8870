package com.foobar.gateway.backend;

import java.time.Duration;
import java.util.List;

import com.foobar.gateway.settings.InvalidSettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class BackendUrlTests {

	@ParameterizedTest
	@CsvSource({ "http://web-app:8080, false, web-app, 8080", "http://web-app, false, web-app, 80",
			"https://10.0.0.7/, true, 10.0.0.7, 443", "HTTP://Web-App:81, false, web-app, 81",
			"'http://[::1]:8080', false, ::1, 8080" })
	void parsesUrls(String text, boolean secure, String host, int port) {
		assertThat(BackendUrl.parse(text)).isEqualTo(new BackendUrl(secure, host, port, 1, false));
	}

	@ParameterizedTest
	@CsvSource({ "http://web-app weight=3, 3, false", "http://web-app backup, 1, true",
			"'http://web-app  backup   weight=0 ', 0, true", "http://web-app weight=256, 256, false" })
	void parsesOptionsAfterTheUrl(String text, int weight, boolean backup) {
		assertThat(BackendUrl.parse(text)).isEqualTo(new BackendUrl(false, "web-app", 80, weight, backup));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = { "web-app:8080 | http://", "ftp://web-app | http://", "http:// | authority",
			"http://web-app/path | nothing after the port", "http://web-app?x=1 | nothing after the port",
			"http://me:secret@web-app | user name", "http://web_app:8080 | host name", "http://web-app:99999 | port",
			"http://web app | weight=N", "http://web-app weight=257 | from 0 to 256",
			"http://web-app weight=-1 | weight=N", "http://web<app | URL" })
	void rejectsInvalidUrlsWithTheExpectedForm(String text, String expected) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> BackendUrl.parse(text))
			.withMessageContaining("gateway.backends.urls contains '" + text + "'")
			.withMessageContaining(expected);
	}

	@Test
	void rejectsAnEmptyList() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> new BackendsProperties(List.of(), Duration.ofSeconds(1)))
			.withMessageContaining("gateway.backends.urls is not set");
	}

}
