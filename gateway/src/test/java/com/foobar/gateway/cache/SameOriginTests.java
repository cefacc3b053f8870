package com.foobar.gateway.cache;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Resolution of URI references at the same origin, with the examples of RFC 3986, section
 * 5.4, and others.
 */
class SameOriginTests {

	@ParameterizedTest
	@CsvSource(delimiter = ' ', nullValues = "-",
			value = { "g a/b/c/g", "./g a/b/c/g", "g/ a/b/c/g/", "/g a/g", "//a/g a/g", "//other -", "?y a/b/c/d?y",
					"g?y a/b/c/g?y", "#s a/b/c/d?q", "g#s a/b/c/g", "g?y#s a/b/c/g?y", ". a/b/c/", "./ a/b/c/",
					".. a/b/", "../g a/b/g", "../.. a/", "../../../g a/g", "/./g a/g", "/../g a/g", "g. a/b/c/g.",
					"..g a/b/c/..g", "./../g a/b/g", "g/./h a/b/c/g/h", "g/../h a/b/c/h", "g?y/../x a/b/c/g?y/../x",
					"https://a/g a/g", "HTTPS://A:443/g a/g", "https://a a/", "https://a?y a/?y", "http://a/g a/g",
					"https://a:8443/g -", "https://b/g -", "https://a.b/g -", "https:g -", "mailto:a -", "ftp://a/g -",
					"/g?q=a|b a/g?q=a|b", "/g{1} a/g{1}", "https://a/g?q=% a/g?q=%" })
	void resolvesReferences(String reference, String expected) {
		assertThat(SameOrigin.resolve("a", "/b/c/d?q", reference)).isEqualTo(expected);
	}

}
