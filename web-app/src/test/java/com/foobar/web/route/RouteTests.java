package com.foobar.web.route;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RouteTests {

	@Test
	void namesTheInstanceWhenNoDatabaseWasUsed() {
		assertThat(route("web-app-1", 1_000_000, 13_345_000).serverTiming())
			.isEqualTo("app;desc=\"web-app-1\";dur=12.3");
	}

	@Test
	void namesEachNodeOnceAndTheLastAtTheEnd() {
		Route route = route("web-app-1", 0, 0);
		route.record("primary");
		route.record("replica");
		route.record("primary");
		assertThat(route.getNodes()).containsExactly("replica", "primary");
		assertThat(route.serverTiming())
			.isEqualTo("app;desc=\"web-app-1\";dur=0.0, db;desc=\"replica\", db;desc=\"primary\"");
	}

	@Test
	void escapesLineBreaks() {
		assertThat(route("a\"b\\c\r\nSet-Cookie: x", 0, 0).serverTiming())
			.isEqualTo("app;desc=\"a\\\"b\\\\c??Set-Cookie: x\";dur=0.0");
	}

	private static Route route(String instance, long... times) {
		return new Route(instance, false, java.util.Arrays.stream(times).iterator()::nextLong);
	}

}
