package com.foobar.web.sessions;

import java.time.Instant;
import java.util.Optional;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import org.jspecify.annotations.Nullable;

import org.springframework.security.oauth2.core.OAuth2TokenValidatorResult;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

import com.foobar.web.members.SignedIn;

/**
 * Encodes sign-ins as signed tokens (JWT, HS256) and decodes tokens of any instance with
 * the same keys. Thread-safe.
 */
final class SessionTokens {

	private static final String ISSUER = "foobar";

	private static final String SIGNED_IN_AT = "auth_time";

	private static final String NAME = "name";

	private static final String ADMINISTRATOR = "admin";

	private static final String VERSION = "ver";

	/** Tokens created here are shorter. */
	private static final int MAX_LENGTH = 1500;

	/** About 1 MB of tokens. */
	private static final int MAX_VERIFIED = 1000;

	private final JwsHeader header;

	private final NimbusJwtEncoder encoder;

	private final NimbusJwtDecoder decoder;

	/**
	 * The results of recent verifications, by the whole token. A verification costs about
	 * as much as a query, and its result does not depend on the time.
	 */
	private final LoadingCache<String, Optional<Session>> verified = Caffeine.newBuilder()
		.maximumSize(MAX_VERIFIED)
		.build(this::verify);

	SessionTokens(SessionKeys keys) {
		ImmutableJWKSet<SecurityContext> source = new ImmutableJWKSet<>(keys.all());
		this.header = JwsHeader.with(MacAlgorithm.HS256).keyId(keys.signingKeyId()).build();
		this.encoder = new NimbusJwtEncoder(source);
		DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();
		// Accepts this algorithm only, whatever the header of a token says.
		processor.setJWSKeySelector(new JWSVerificationKeySelector<>(JWSAlgorithm.HS256, source));
		// Expiry is checked in decode, by the instance's clock and without tolerance.
		processor.setJWTClaimsSetVerifier((claims, context) -> {
		});
		this.decoder = new NimbusJwtDecoder(processor);
		this.decoder.setJwtValidator((jwt) -> OAuth2TokenValidatorResult.success());
	}

	String encode(Session session) {
		SignedIn member = session.member();
		JwtClaimsSet claims = JwtClaimsSet.builder()
			.issuer(ISSUER)
			.subject(Long.toString(member.id()))
			.issuedAt(session.checkedAt())
			.expiresAt(session.expiresAt())
			.claim(SIGNED_IN_AT, session.signedInAt().getEpochSecond())
			.claim(NAME, member.name())
			.claim(ADMINISTRATOR, member.administrator())
			.claim(VERSION, member.version())
			.build();
		return this.encoder.encode(JwtEncoderParameters.from(this.header, claims)).getTokenValue();
	}

	/**
	 * Decode a token.
	 * @param token the value of a cookie
	 * @param now the current time
	 * @return the sign-in, empty if the token is invalid or expired
	 */
	Optional<Session> decode(String token, Instant now) {
		return (token.length() > MAX_LENGTH) ? Optional.empty()
				: this.verified.get(token).filter((session) -> !session.isExpired(now));
	}

	private Optional<Session> verify(String token) {
		try {
			return Optional.ofNullable(session(this.decoder.decode(token)));
		}
		catch (JwtException | IllegalArgumentException ex) {
			return Optional.empty();
		}
	}

	private static @Nullable Session session(Jwt jwt) {
		Instant checkedAt = jwt.getIssuedAt();
		Instant expiresAt = jwt.getExpiresAt();
		String name = jwt.getClaimAsString(NAME);
		if (checkedAt == null || expiresAt == null || name == null
				|| !(jwt.getClaim(SIGNED_IN_AT) instanceof Number signedInAt)
				|| !(jwt.getClaim(VERSION) instanceof Number version)
				|| !(jwt.getClaim(ADMINISTRATOR) instanceof Boolean administrator)) {
			return null;
		}
		SignedIn member = new SignedIn(Long.parseLong(jwt.getSubject()), name, administrator, version.intValue());
		return new Session(member, Instant.ofEpochSecond(signedInAt.longValue()), checkedAt, expiresAt);
	}

}
