package com.foobar.web.route;

import java.io.IOException;
import java.util.stream.Stream;

import jakarta.servlet.http.HttpServletResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class ServerTimingResponseTests {

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private int runs;

	private final ServerTimingResponse timed = new ServerTimingResponse(this.response, () -> {
		assertThat(this.response.isCommitted()).isFalse();
		this.runs++;
		return "app";
	});

	@ParameterizedTest
	@MethodSource
	void callbackRunsOnceBeforeTheCommit(Commit commit) throws IOException {
		commit.on(this.timed);
		this.timed.addServerTiming();
		assertThat(this.runs).isOne();
	}

	static Stream<Named<Commit>> callbackRunsOnceBeforeTheCommit() {
		return Stream.of(Named.of("a flush", HttpServletResponse::flushBuffer),
				Named.of("a flush of the stream", (response) -> response.getOutputStream().flush()),
				Named.of("a flush of the writer", (response) -> response.getWriter().flush()),
				Named.of("an error", (response) -> response.sendError(404)),
				Named.of("a redirect", (response) -> response.sendRedirect("/")),
				Named.of("a redirect with a status", (response) -> response.sendRedirect("/", 303)),
				Named.of("more than the buffer holds",
						(response) -> response.getOutputStream().write(new byte[response.getBufferSize() + 1])),
				Named.of("more text than the buffer holds",
						(response) -> response.getWriter().write("x".repeat(response.getBufferSize() + 1))),
				Named.of("characters of three bytes that fill the buffer", (response) -> {
					response.setCharacterEncoding("UTF-8");
					response.getWriter().write("\u6f22".repeat(2000));
				}));
	}

	@Test
	void callbackWaitsWhileTheBodyIsBuffered() throws IOException {
		this.timed.getOutputStream().write(new byte[100]);
		assertThat(this.runs).isZero();
		this.timed.addServerTiming();
		assertThat(this.runs).isOne();
	}

	@Test
	void callbackRunsBeforeTheLastAnnouncedByte() throws IOException {
		this.timed.setContentLength(100);
		this.timed.getOutputStream().write(new byte[99]);
		assertThat(this.runs).isZero();
		this.timed.getOutputStream().write('x');
		assertThat(this.runs).isOne();
	}

	@Test
	void callbackRunsAgainAfterAReset() {
		this.timed.addServerTiming();
		this.timed.reset();
		this.timed.addServerTiming();
		assertThat(this.runs).isEqualTo(2);
	}

	@FunctionalInterface
	interface Commit {

		void on(HttpServletResponse response) throws IOException;

	}

}
