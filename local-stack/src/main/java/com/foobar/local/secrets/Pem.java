package com.foobar.local.secrets;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * Certificates and private keys (PKCS&nbsp;#8, elliptic curve) in their text form, RFC
 * 7468.
 */
final class Pem {

	private Pem() {
	}

	static String of(X509Certificate certificate) throws GeneralSecurityException {
		return block("CERTIFICATE", certificate.getEncoded());
	}

	static String of(PrivateKey key) {
		return block("PRIVATE KEY", key.getEncoded());
	}

	static X509Certificate certificate(String pem) throws GeneralSecurityException {
		return (X509Certificate) CertificateFactory.getInstance("X.509")
			.generateCertificate(new ByteArrayInputStream(pem.getBytes(StandardCharsets.US_ASCII)));
	}

	static PrivateKey privateKey(String pem) throws GeneralSecurityException {
		String begin = "-----BEGIN PRIVATE KEY-----";
		int start = pem.indexOf(begin);
		int end = pem.indexOf("-----END PRIVATE KEY-----");
		if (start < 0 || end < start) {
			throw new GeneralSecurityException("no PRIVATE KEY block");
		}
		byte[] encoded;
		try {
			encoded = Base64.getMimeDecoder().decode(pem.substring(start + begin.length(), end));
		}
		catch (IllegalArgumentException ex) {
			throw new GeneralSecurityException("the PRIVATE KEY block is not Base64", ex);
		}
		return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(encoded));
	}

	private static String block(String label, byte[] content) {
		return "-----BEGIN " + label + "-----\n"
				+ Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(content) + "\n-----END " + label
				+ "-----\n";
	}

}
