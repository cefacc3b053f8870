package com.foobar.local.database;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import com.foobar.local.secrets.Secrets;

/**
 * The PEM files of a server that accepts encrypted connections only.
 *
 * @param authority the certificate authority that signed the certificates of all nodes
 * @param certificate the node's certificate; it must name 127.0.0.1 and localhost
 * @param key the certificate's private key
 * @param trustStore a PKCS12 trust store with the authority, for JDBC clients; its
 * password is {@value Secrets#TRUST_STORE_PASSWORD}
 */
public record ServerTls(Path authority, Path certificate, Path key, Path trustStore) {

	/**
	 * The parameters of a Connector/J URL that make it verify the server's certificate
	 * and name, without a leading separator.
	 * @param trustStore a PKCS12 trust store with password
	 * {@value Secrets#TRUST_STORE_PASSWORD}
	 */
	public static String urlParameters(Path trustStore) {
		// The driver decodes each parameter before it reads this one as a URL: a
		// directory named R&D would end the parameter, and 100% would not be decodable.
		String url = URLEncoder.encode(trustStore.toAbsolutePath().toUri().toASCIIString(), StandardCharsets.UTF_8);
		return "sslMode=VERIFY_IDENTITY&trustCertificateKeyStoreType=PKCS12&trustCertificateKeyStorePassword="
				+ Secrets.TRUST_STORE_PASSWORD + "&trustCertificateKeyStoreUrl=" + url;
	}

}
