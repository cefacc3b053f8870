package com.foobar.routing.web;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import com.foobar.routing.Causality;
import com.foobar.routing.CausalityToken;
import com.foobar.routing.Consistency;
import com.foobar.routing.DatabaseNode;
import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus;
import com.foobar.routing.PrimaryGtids;
import com.foobar.routing.TopologySnapshot;
import com.foobar.routing.connection.RoutingDataSourceBuilder;
import com.foobar.routing.consistency.ExecutedGtids;
import com.foobar.routing.consistency.ThreadLocalCausality;
import com.foobar.routing.gtid.GtidSet;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class CausalityFilterTests {

	private static final ExecutedGtids NO_PROGRESS = new ExecutedGtids() {

		@Override
		public @Nullable GtidSet queryPrimary(DatabaseNode node, Duration timeout) {
			return null;
		}

		@Override
		public void record(DatabaseNode node, @Nullable String server, GtidSet transactions) {
		}

	};

	private final ThreadLocalCausality causality = new ThreadLocalCausality(Consistency.READ_YOUR_WRITES);

	private final CausalityFilter filter = new CausalityFilter(this.causality);

	private final MockHttpServletRequest request = new MockHttpServletRequest("POST", "/notices");

	private final MockHttpServletResponse response = new MockHttpServletResponse();

	@Test
	void responseToAWriteCarriesHeaderAndCookie() throws Exception {
		this.request.setSecure(true);
		run(() -> this.causality.committed("0-1-5"));
		assertThat(this.response.getHeader("Read-After")).isEqualTo("0-1-5");
		Cookie cookie = Objects.requireNonNull(this.response.getCookie("read_after"));
		assertThat(cookie.getValue()).isEqualTo("0-1-5");
		assertThat(cookie.isHttpOnly()).isTrue();
		assertThat(cookie.getSecure()).isTrue();
		assertThat(cookie.getPath()).isEqualTo("/");
		assertThat(cookie.getAttribute("SameSite")).isEqualTo("Lax");
		assertThat(cookie.getMaxAge()).isEqualTo(600);
	}

	@Test
	void cookieIsNotSecureWithoutTls() throws Exception {
		run(() -> this.causality.committed("0-1-5"));
		assertThat(Objects.requireNonNull(this.response.getCookie("read_after")).getSecure()).isFalse();
	}

	@Test
	void responseToAReadCarriesNoToken() throws Exception {
		this.request.setCookies(new Cookie("read_after", "0-1-5"));
		run(() -> assertThat(this.causality.current()).hasToString("0-1-5"));
		assertThat(this.response.getHeaderNames()).isEmpty();
	}

	@Test
	void clientThatSendsTheHeaderGetsOnlyTheHeader() throws Exception {
		this.request.addHeader("Read-After", "1-1-3");
		run(() -> this.causality.committed("0-1-5"));
		assertThat(this.response.getHeader("Read-After")).isEqualTo("0-1-5~1-1-3");
		assertThat((Object) this.response.getCookie("read_after")).isNull();
	}

	@Test
	void tokenIsSetBeforeTheResponseIsCommitted() throws Exception {
		run(() -> {
			this.causality.committed("0-1-5");
		}, true);
		assertThat(this.response.isCommitted()).isTrue();
		assertThat(this.response.getHeader("Read-After")).isEqualTo("0-1-5");
	}

	@ParameterizedTest
	@ValueSource(ints = { 302, 303 })
	void redirectAfterAWriteCarriesTheToken(int status) throws Exception {
		this.filter.doFilter(this.request, this.response, (request, response) -> {
			this.causality.committed("0-1-5");
			HttpServletResponse redirect = (HttpServletResponse) response;
			if (status == 302) {
				redirect.sendRedirect("/notices/1");
			}
			else {
				redirect.sendRedirect("/notices/1", status);
			}
		});
		assertThat(this.response.getStatus()).isEqualTo(status);
		assertThat(this.response.getCookie("read_after")).isNotNull();
	}

	@Test
	void unreadableTokenIsIgnored() throws Exception {
		this.request.addHeader("Read-After", "\"><script>");
		run(() -> assertThat(this.causality.current()).isEqualTo(CausalityToken.NONE));
	}

	@Test
	void cookieWithoutKnownTransactionsIsDeletedAfterAFailover() throws Exception {
		this.request.setCookies(new Cookie("read_after", "0-1-5"));
		run(() -> {
			this.causality.committed("0-1-5");
			letThePrimaryLackIt();
		}, true);
		Cookie cookie = Objects.requireNonNull(this.response.getCookie("read_after"));
		assertThat(cookie.getValue()).isEmpty();
		assertThat(cookie.getMaxAge()).isZero();
		assertThat(this.response.getHeader("Read-After")).isNull();
		assertThat(this.response.getHeaders("Set-Cookie")).hasSize(1);
	}

	/** Simulates a new primary that does not have the domain. */
	private void letThePrimaryLackIt() {
		DatabaseNode primary = new DatabaseNode("primary", DatabaseNode.Role.PRIMARY);
		TopologySnapshot snapshot = new TopologySnapshot(new NodeState(primary, new NodeStatus.Eligible(Duration.ZERO)),
				List.of(), new PrimaryGtids(GtidSet.parse("1-1-1"), System.nanoTime(), GtidSet.NONE));
		RoutingDataSourceBuilder.create(() -> snapshot, primary, new HikariDataSource())
			.consistency(this.causality, Duration.ofMillis(1), NO_PROGRESS)
			.build();
	}

	@Test
	void scopeDoesNotStayOnTheThread() throws Exception {
		run(() -> this.causality.committed("0-1-5"));
		assertThat(this.causality.current()).isEqualTo(CausalityToken.NONE);
	}

	private void run(Work work) throws ServletException, IOException {
		run(work, false);
	}

	private void run(Work work, boolean flush) throws ServletException, IOException {
		this.filter.doFilter(this.request, this.response, (request, response) -> {
			work.run();
			if (flush) {
				response.getWriter().write("body");
				response.flushBuffer();
			}
		});
	}

	private interface Work {

		void run() throws IOException;

	}

}
