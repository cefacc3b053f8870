package com.foobar.web.route;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class InstanceNameTests {

	@ParameterizedTest
	@CsvSource({ "foobar-web-app-1.foobar_app.,web-app-1", "foobar-web-app-12.foobar_data,web-app-12",
			"my_own-web-app-2.my_own_app,web-app-2", "ip-10-0-0-1.ec2.internal,", "foobar-web-app-1,",
			"other-web-app-1.foobar_app,", "foobar-.foobar_app," })
	void usesTheDistinctPartOfTheComposeName(String dnsName, String expected) {
		assertThat(InstanceName.fromCompose(dnsName).orElse(null)).isEqualTo(expected);
	}

	@Test
	void prefersTheConfiguredName() {
		assertThat(InstanceName.of("blue")).isEqualTo("blue");
	}

	@Test
	void hasAFallback() {
		assertThat(InstanceName.of(null)).isNotBlank();
	}

}
