package com.foobar.local.secrets;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Checks whether a server's certificate must be renewed.
 */
final class LeafCheck {

	/** A certificate is renewed when it is valid for less than this. */
	static final Duration RENEWAL = Duration.ofDays(90);

	private LeafCheck() {
	}

	/**
	 * The reason to renew a certificate; empty if it is valid.
	 */
	static Optional<String> reasonToRenew(X509Certificate certificate, PrivateKey key, HostNames names,
			X509Certificate authority, Instant now) {
		try {
			certificate.verify(authority.getPublicKey());
		}
		catch (GeneralSecurityException ex) {
			return Optional.of("it was not signed by this authority");
		}
		if (!KeyAndCertificate.match(key, certificate.getPublicKey())) {
			return Optional.of("it does not belong to its key");
		}
		if (!names(certificate).equals(expected(names))) {
			return Optional.of("it does not name " + names);
		}
		Instant end = certificate.getNotAfter().toInstant();
		boolean renewable = end.isBefore(authority.getNotAfter().toInstant());
		if (renewable && now.plus(RENEWAL).isAfter(end)) {
			return Optional.of("it ends on " + end);
		}
		return Optional.empty();
	}

	private static Set<String> names(X509Certificate certificate) {
		Set<String> names = new HashSet<>();
		try {
			Collection<List<?>> alternatives = certificate.getSubjectAlternativeNames();
			if (alternatives != null) {
				alternatives.forEach((alternative) -> names.add(String.valueOf(alternative.get(1))));
			}
		}
		catch (GeneralSecurityException ex) {
			// Unreadable names differ from the expected ones.
		}
		return names;
	}

	private static Set<String> expected(HostNames names) {
		Set<String> expected = new HashSet<>(names.dns());
		for (String address : names.addresses()) {
			try {
				// In the form in which Java returns an address of a certificate.
				expected.add(InetAddress.getByName(address).getHostAddress());
			}
			catch (UnknownHostException ex) {
				throw new IllegalArgumentException("Not an address: " + address, ex);
			}
		}
		return expected;
	}

}
