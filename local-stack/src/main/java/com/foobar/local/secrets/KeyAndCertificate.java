package com.foobar.local.secrets;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;

/**
 * A private key and the certificate of its public half.
 */
record KeyAndCertificate(PrivateKey key, X509Certificate certificate) {

	/**
	 * Whether a private key belongs to a public key, checked by signing and verifying.
	 */
	static boolean match(PrivateKey key, PublicKey publicKey) {
		byte[] message = { 'f', 'o', 'o', 'b', 'a', 'r' };
		try {
			Signature signing = Signature.getInstance("SHA256withECDSA");
			signing.initSign(key);
			signing.update(message);
			byte[] signature = signing.sign();
			Signature verifying = Signature.getInstance("SHA256withECDSA");
			verifying.initVerify(publicKey);
			verifying.update(message);
			return verifying.verify(signature);
		}
		catch (GeneralSecurityException ex) {
			return false;
		}
	}

}
