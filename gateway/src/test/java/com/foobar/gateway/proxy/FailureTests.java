package com.foobar.gateway.proxy;

import java.io.IOException;
import java.net.ConnectException;
import javax.net.ssl.SSLException;

import com.foobar.gateway.http.Problem.ProblemException;
import com.foobar.gateway.http.Problem;
import com.foobar.gateway.netty.UnreadableResponseException;
import io.netty.channel.ConnectTimeoutException;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.EncoderException;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.timeout.ReadTimeoutException;
import org.junit.jupiter.api.Test;
import reactor.netty.channel.AbortedException;

import static org.assertj.core.api.Assertions.assertThat;

class FailureTests {

	@Test
	void errorWithoutAConnectionIsNotSent() {
		assertThat(Failure.classify(new ConnectException("refused"), false)).isEqualTo(Failure.NOT_SENT);
		assertThat(Failure.classify(new IllegalStateException("pool"), false)).isEqualTo(Failure.NOT_SENT);
	}

	@Test
	void lostConnectionIsNoResponse() {
		assertThat(Failure.classify(new IOException("Connection prematurely closed BEFORE response"), true))
			.isEqualTo(Failure.NO_RESPONSE);
		assertThat(Failure.classify(new IOException("Connection reset by peer"), true)).isEqualTo(Failure.NO_RESPONSE);
		assertThat(Failure.classify(new AbortedException("Connection has been closed"), true))
			.isEqualTo(Failure.NO_RESPONSE);
	}

	@Test
	void invalidResponseIsUnreadable() {
		assertThat(Failure.classify(new UnreadableResponseException("no HTTP"), true)).isEqualTo(Failure.UNREADABLE);
		assertThat(Failure.classify(new DecoderException(new SSLException("no TLS")), true))
			.isEqualTo(Failure.UNREADABLE);
		assertThat(Failure.UNREADABLE.problem().status()).isEqualTo(HttpResponseStatus.BAD_GATEWAY);
	}

	@Test
	void requestThatCannotBeWrittenIsNoResponse() {
		assertThat(Failure.classify(new EncoderException(new IOException("closing")), true))
			.isEqualTo(Failure.NO_RESPONSE);
	}

	@Test
	void readTimeoutIsTimedOut() {
		assertThat(Failure.classify(ReadTimeoutException.INSTANCE, true)).isEqualTo(Failure.TIMED_OUT);
	}

	@Test
	void problemIsAFailureOfTheClient() {
		assertThat(Failure
			.classify(new ProblemException(Problem.of(HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE, "big")), true))
			.isEqualTo(Failure.CLIENT);
	}

	@Test
	void missingRequestBodyIsAFailureOfTheClient() {
		Throwable late = Failure.ofBody(ReadTimeoutException.INSTANCE);
		assertThat(late).isInstanceOfSatisfying(ProblemException.class,
				(ex) -> assertThat(ex.problem().status()).isEqualTo(HttpResponseStatus.REQUEST_TIMEOUT));
		assertThat(Failure.classify(late, true)).isEqualTo(Failure.CLIENT);
		assertThat(Failure.classify(Failure.ofBody(new IOException("reset")), true)).isEqualTo(Failure.CLIENT);
		assertThat(Failure.classify(Failure.ofBody(new AbortedException("closed")), true)).isEqualTo(Failure.CLIENT);
	}

	@Test
	void anythingElseIsUnclassified() {
		assertThat(Failure.classify(new IllegalStateException("bug"), true)).isNull();
	}

	@Test
	void onlyTheBackendItselfCanBeUnreachable() {
		assertThat(Failure.isUnreachable(new ConnectTimeoutException("slow"))).isTrue();
		assertThat(Failure.isUnreachable(new IllegalStateException("pool"))).isFalse();
	}

	@Test
	void everyFailureHasAProblem() {
		for (Failure failure : Failure.values()) {
			assertThat(failure.problem().status().code()).isGreaterThanOrEqualTo(400);
		}
		assertThat(Failure.NOT_SENT.problem().retryAfter()).isPositive();
	}

}
