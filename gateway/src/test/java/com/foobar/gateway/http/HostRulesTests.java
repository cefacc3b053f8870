package com.foobar.gateway.http;

import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class HostRulesTests {

	private final HostRules rules = new HostRules(
			List.of("www.foobar.com", "*.foobar.localhost", "localhost", "127.0.0.1", "[::1]"),
			Map.of("foobar.com", "www.foobar.com"), 443);

	@ParameterizedTest
	@CsvSource({ "www.foobar.com, www.foobar.com", "www.foobar.com:8443, www.foobar.com",
			"WWW.FooBar.com, www.foobar.com", "www.foobar.com., www.foobar.com", "foobar.com, foobar.com",
			"a.foobar.localhost, a.foobar.localhost", "a.b.foobar.localhost:1, a.b.foobar.localhost",
			"127.0.0.1:8443, 127.0.0.1", "'[::1]', '[::1]'", "'[::1]:8443', '[::1]'" })
	void accepts(String header, String host) {
		assertThat(this.rules.accept(header)).isEqualTo(host);
	}

	@ParameterizedTest
	@NullAndEmptySource
	@ValueSource(strings = { "evil.com", "www.foobar.com.evil.com", "evilfoobar.com", "foobar.localhost",
			"www.foobar.com:80@evil.com", "www.foobar.com:x", "www.foobar.com/..", "evil.com/.foobar.localhost",
			"evil.com?.foobar.localhost", "a b.foobar.localhost", "localhost:", "localhost:0", "localhost:65536",
			"localhost:99999999999999999999", "a.foobar.localhost:4294967297", ":8443", "x.www.foobar.com" })
	void refuses(String header) {
		assertThat(this.rules.accept(header)).isNull();
	}

	@Test
	void hasACanonicalName() {
		assertThat(this.rules.canonical("foobar.com")).isEqualTo("www.foobar.com");
		assertThat(this.rules.canonical("www.foobar.com")).isNull();
	}

	@ParameterizedTest
	@CsvSource({ "/, https://h/", "/a/b?x=1&y=%20, https://h/a/b?x=1&y=%20", "//evil.com/a, https://h//evil.com/a",
			"http://evil.com/a?b, https://h/a?b", "http://evil.com, https://h/", "evil.com, https://h/",
			"*, https://h/" })
	void keepsPathAndQueryButNotTheHost(String target, String location) {
		assertThat(this.rules.location("h", target)).isEqualTo(location);
	}

	@Test
	void namesThePublicPortUnlessItIsTheDefault() {
		assertThat(new HostRules(List.of("h"), Map.of(), 8443).location("h", "/a")).isEqualTo("https://h:8443/a");
	}

}
