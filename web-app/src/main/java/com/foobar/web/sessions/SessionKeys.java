package com.foobar.web.sessions;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.OctetSequenceKey;

/**
 * The keys that sign and verify tokens. A key's id is derived from the key, so instances
 * with the same keys in another order are compatible. Immutable.
 */
final class SessionKeys {

	private static final int BYTES = 32;

	private static final Pattern SEPARATORS = Pattern.compile("[\\s,]+");

	private final List<JWK> keys;

	private SessionKeys(List<JWK> keys) {
		this.keys = List.copyOf(keys);
	}

	static SessionKeys parse(String text) {
		List<JWK> keys = new ArrayList<>();
		for (String key : SEPARATORS.splitAsStream(text.strip()).toList()) {
			keys.add(key(decode(key, keys.size() + 1)));
		}
		return new SessionKeys(keys);
	}

	static SessionKeys random() {
		byte[] bytes = new byte[BYTES];
		new SecureRandom().nextBytes(bytes);
		return new SessionKeys(List.of(key(bytes)));
	}

	String signingKeyId() {
		return this.keys.get(0).getKeyID();
	}

	JWKSet all() {
		return new JWKSet(this.keys);
	}

	private static byte[] decode(String key, int number) {
		byte[] bytes;
		try {
			bytes = Base64.getUrlDecoder().decode(key);
		}
		catch (IllegalArgumentException ex) {
			throw new IllegalArgumentException(
					SessionProperties.PREFIX + ".keys: key " + number + " is not base64url. " + remedy(), ex);
		}
		if (bytes.length < BYTES) {
			throw new IllegalArgumentException(SessionProperties.PREFIX + ".keys: key " + number + " has "
					+ bytes.length + " bytes; expected " + BYTES + " or more. " + remedy());
		}
		return bytes;
	}

	private static String remedy() {
		return "Create one with: openssl rand -base64 32 | tr '+/' '-_'";
	}

	private static OctetSequenceKey key(byte[] bytes) {
		return new OctetSequenceKey.Builder(bytes).algorithm(JWSAlgorithm.HS256).keyID(id(bytes)).build();
	}

	private static String id(byte[] bytes) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			digest.update("key id of ".getBytes(StandardCharsets.US_ASCII));
			return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest(bytes)).substring(0, 8);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
