package com.foobar.gateway.backends;

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
	void reads(String text, boolean secure, String host, int port) {
		assertThat(BackendUrl.parse(text)).isEqualTo(new BackendUrl(secure, host, port));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "web-app:8080 | http://", "ftp://web-app | http://", "http:// | authority",
					"http://web-app/path | nothing after the port", "http://web-app?x=1 | nothing after the port",
					"http://me:secret@web-app | user name", "http://web_app:8080 | host name",
					"http://web-app:99999 | port", "http://web app | URL" })
	void refusesWithWhatWasExpected(String text, String expected) {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> BackendUrl.parse(text))
			.withMessageContaining("gateway.backends.urls contains '" + text + "'")
			.withMessageContaining(expected);
	}

	@Test
	void refusesToStartWithoutBackends() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> new BackendsProperties(List.of(), Duration.ofSeconds(1)))
			.withMessageContaining("gateway.backends.urls is not set");
	}

}
