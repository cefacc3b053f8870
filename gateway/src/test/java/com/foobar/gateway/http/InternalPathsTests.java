package com.foobar.gateway.http;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class InternalPathsTests {

	private final InternalPaths paths = new InternalPaths("/own/health?full");

	@ParameterizedTest
	@ValueSource(strings = { "/livez", "/readyz", "/readyz/", "/readyz/database", "/actuator", "/actuator/env",
			"/own/health", "/x/../readyz", "/./readyz", "//readyz", "/x/..//../readyz", "/%72eadyz", "/x/%2e%2e/readyz",
			"/x/.%2E/readyz", "/x%2f..%2freadyz", "/..%5creadyz", "/..\\readyz", "/;a=b/readyz", "/readyz;a=b",
			"/actuator;a/env", "/x/..;/actuator/env", "/../actuator", "/own/./health" })
	void matchInternalPaths(String path) {
		assertThat(this.paths.contain(path)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "", "/readyzz", "/x/readyz", "/readyz/../x", "/actuators", "/own", "/own/healthy",
			"/a%2fb;c//d", "/%zz", "/100%", "/read+yz", "/.well-known/x" })
	void ignoreOtherPaths(String path) {
		assertThat(this.paths.contain(path)).isFalse();
	}

}
