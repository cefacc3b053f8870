package com.foobar.web.route;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RouteTests {

	@Test
	void namesTheInstanceWhenNoDatabaseWasAsked() {
		assertThat(new Route("web-app-1", 1_000_000).serverTiming(13_345_000))
			.isEqualTo("app;desc=\"web-app-1\";dur=12.3");
	}

	@Test
	void namesEachNodeOnceWithTheLastOneAtTheEnd() {
		Route route = new Route("web-app-1", 0);
		route.passed("primary");
		route.passed("replica");
		route.passed("primary");
		assertThat(route.getNodes()).containsExactly("replica", "primary");
		assertThat(route.serverTiming(0))
			.isEqualTo("app;desc=\"web-app-1\";dur=0.0, db;desc=\"replica\", db;desc=\"primary\"");
	}

	@Test
	void cannotBeUsedToWriteOtherHeaders() {
		assertThat(new Route("a\"b\\c\r\nSet-Cookie: x", 0).serverTiming(0))
			.isEqualTo("app;desc=\"a\\\"b\\\\c??Set-Cookie: x\";dur=0.0");
	}

}
