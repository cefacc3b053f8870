package com.foobar.gateway.http;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RedirectsTests {

	@ParameterizedTest
	@CsvSource({ "/, https://h/", "/a/b?x=1&y=%20, https://h/a/b?x=1&y=%20", "//evil.com/a, https://h//evil.com/a",
			"http://evil.com/a?b, https://h/a?b", "http://evil.com, https://h/", "evil.com, https://h/",
			"*, https://h/" })
	void keepsPathAndQueryButNotTheHost(String target, String location) {
		assertThat(new Redirects(443).location("h", target)).isEqualTo(location);
	}

	@Test
	void namesThePublicPortUnlessItIsTheDefault() {
		assertThat(new Redirects(8443).location("h", "/a")).isEqualTo("https://h:8443/a");
	}

}
