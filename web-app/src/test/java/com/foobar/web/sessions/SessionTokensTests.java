package com.foobar.web.sessions;

import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;

import com.foobar.web.members.SignedIn;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Checks which tokens are accepted. A result of an earlier verification must not outlast
 * the token.
 */
class SessionTokensTests {

	private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

	private static final Session SESSION = new Session(new SignedIn(7, "Ada", false, 3), NOW, NOW,
			NOW.plus(Duration.ofMinutes(30)));

	private final SessionTokens tokens = new SessionTokens(SessionKeys.random());

	@Test
	void decodesWhatItEncoded() {
		String token = this.tokens.encode(SESSION);
		assertThat(this.tokens.decode(token, NOW)).contains(SESSION);
		assertThat(this.tokens.decode(token, NOW)).contains(SESSION);
	}

	@Test
	void rejectsAVerifiedTokenFromItsExpiryOn() {
		String token = this.tokens.encode(SESSION);
		assertThat(this.tokens.decode(token, SESSION.expiresAt().minusNanos(1))).contains(SESSION);
		assertThat(this.tokens.decode(token, SESSION.expiresAt())).isEmpty();
	}

	@Test
	void rejectsEachChangeOfAVerifiedToken() {
		String token = this.tokens.encode(SESSION);
		assertThat(this.tokens.decode(token, NOW)).contains(SESSION);
		for (int i = 0; i < token.length() - 1; i++) {
			char other = (token.charAt(i) == 'A') ? 'B' : 'A';
			assertThat(this.tokens.decode(token.substring(0, i) + other + token.substring(i + 1), NOW))
				.as("changed at %d", i)
				.isEmpty();
		}
	}

	@Test
	void rejectsTokensOfOtherKeysAndTooLongOnes() {
		assertThat(new SessionTokens(SessionKeys.random()).decode(this.tokens.encode(SESSION), NOW)).isEmpty();
		assertThat(this.tokens.decode("a".repeat(2000), NOW)).isEmpty();
		assertThat(this.tokens.decode("", NOW)).isEmpty();
	}

}
