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

class BeforeCommitResponseTests {

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	private int runs;

	private final BeforeCommitResponse watched = new BeforeCommitResponse(this.response, () -> {
		assertThat(this.response.isCommitted()).isFalse();
		this.runs++;
	});

	@ParameterizedTest
	@MethodSource
	void runsOnceBefore(Commit commit) throws IOException {
		commit.on(this.watched);
		this.watched.beforeCommit();
		assertThat(this.runs).isOne();
	}

	static Stream<Named<Commit>> runsOnceBefore() {
		return Stream.of(Named.of("a flush", HttpServletResponse::flushBuffer),
				Named.of("a flush of the stream", (response) -> response.getOutputStream().flush()),
				Named.of("a flush of the writer", (response) -> response.getWriter().flush()),
				Named.of("an error", (response) -> response.sendError(404)),
				Named.of("a redirect", (response) -> response.sendRedirect("/")),
				Named.of("more than the buffer holds",
						(response) -> response.getOutputStream().write(new byte[response.getBufferSize() + 1])),
				Named.of("more text than the buffer holds",
						(response) -> response.getWriter().write("x".repeat(response.getBufferSize() + 1))));
	}

	@Test
	void waitsWhileTheBufferHoldsTheBody() throws IOException {
		this.watched.getOutputStream().write(new byte[100]);
		assertThat(this.runs).isZero();
		this.watched.beforeCommit();
		assertThat(this.runs).isOne();
	}

	@Test
	void runsBeforeTheLastByteThatWasAnnounced() throws IOException {
		this.watched.setContentLength(100);
		this.watched.getOutputStream().write(new byte[99]);
		assertThat(this.runs).isZero();
		this.watched.getOutputStream().write('x');
		assertThat(this.runs).isOne();
	}

	@Test
	void runsAgainAfterTheHeadersWereDropped() {
		this.watched.beforeCommit();
		this.watched.reset();
		this.watched.beforeCommit();
		assertThat(this.runs).isEqualTo(2);
	}

	@FunctionalInterface
	interface Commit {

		void on(HttpServletResponse response) throws IOException;

	}

}
