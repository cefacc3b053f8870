package com.foobar.local.database;

import java.nio.file.Path;

/**
 * The PEM files of a server that accepts encrypted connections only.
 *
 * @param authority the certificate authority that signed the certificates of all nodes
 * @param certificate the node's certificate; it must name 127.0.0.1 and localhost
 * @param key the certificate's private key
 * @param trustStore a PKCS12 trust store with the authority, password
 * {@value #TRUST_STORE_PASSWORD}, for JDBC clients
 */
public record ServerTls(Path authority, Path certificate, Path key, Path trustStore) {

	/** Protects nothing: the store holds public certificates only. */
	public static final String TRUST_STORE_PASSWORD = "changeit";

}
