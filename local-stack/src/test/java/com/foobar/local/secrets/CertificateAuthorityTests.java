package com.foobar.local.secrets;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Handshakes with the certificates as a client that trusts the authority alone does them.
 */
class CertificateAuthorityTests {

	private static final char[] PASSWORD = "unused".toCharArray();

	@ParameterizedTest
	@ValueSource(strings = { "www.foobar.com", "foobar.com", "www.foobar.localhost", "localhost", "127.0.0.1" })
	void clientAcceptsTheGatewayByEachOfItsNames(String host) throws Exception {
		CertificateAuthority authority = CertificateAuthority.create(Instant.now());
		assertThat(handshake(authority, HostNames.ofGateway(), host)).startsWith("TLS");
	}

	@Test
	void clientRefusesAnotherName() throws Exception {
		CertificateAuthority authority = CertificateAuthority.create(Instant.now());
		assertThatExceptionOfType(SSLException.class)
			.isThrownBy(() -> handshake(authority, HostNames.ofGateway(), "www.example.com"))
			.withMessageContaining("www.example.com");
	}

	/**
	 * Browsers and OpenSSL heed an authority's constraints; Java does not, if the
	 * authority is in its trust store. So the rule itself is tested.
	 */
	@ParameterizedTest
	@CsvSource({ "www.example.com, false", "com, false", "foobar.community, false", "shop.foobar.com, true",
			"mysql-replica-2, true", "api.foobar.localhost, true" })
	void signsForTheProjectsNamesAlone(String name, boolean accepted) throws Exception {
		CertificateAuthority authority = CertificateAuthority.create(Instant.now());
		byte[] extension = authority.identity().certificate().getExtensionValue(Extension.nameConstraints.getId());
		PKIXNameConstraintValidator constraints = new PKIXNameConstraintValidator();
		constraints.intersectPermittedSubtree(
				NameConstraints.getInstance(ASN1OctetString.getInstance(extension).getOctets()).getPermittedSubtrees());
		ThrowingCallable check = () -> constraints.checkPermitted(new GeneralName(GeneralName.dNSName, name));
		if (accepted) {
			assertThatCode(check).doesNotThrowAnyException();
		}
		else {
			assertThatExceptionOfType(NameConstraintValidatorException.class).isThrownBy(check);
		}
	}

	private static String handshake(CertificateAuthority authority, HostNames names, String host) throws Exception {
		KeyPair pair = CertificateAuthority.newKeyPair();
		X509Certificate leaf = authority.issue(pair.getPublic(), names, Instant.now());
		X509Certificate root = authority.identity().certificate();
		SSLContext server = SSLContext.getInstance("TLS");
		server.init(keyManagers(pair, leaf).getKeyManagers(), null, null);
		SSLContext client = SSLContext.getInstance("TLS");
		client.init(null, trustManagers(root).getTrustManagers(), null);
		try (SSLServerSocket listener = (SSLServerSocket) server.getServerSocketFactory()
			.createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			CompletableFuture<Void> served = CompletableFuture.runAsync(() -> serve(listener));
			try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), listener.getLocalPort());
					SSLSocket socket = (SSLSocket) client.getSocketFactory()
						.createSocket(plain, host, listener.getLocalPort(), true)) {
				SSLParameters parameters = socket.getSSLParameters();
				parameters.setEndpointIdentificationAlgorithm("HTTPS");
				socket.setSSLParameters(parameters);
				socket.startHandshake();
				return socket.getSession().getProtocol();
			}
			finally {
				served.join();
			}
		}
	}

	private static void serve(SSLServerSocket listener) {
		try (SSLSocket socket = (SSLSocket) listener.accept(); InputStream in = socket.getInputStream()) {
			in.readAllBytes();
		}
		catch (java.io.IOException ex) {
			// The client refused: its result is what the test checks.
		}
	}

	private static KeyManagerFactory keyManagers(KeyPair pair, X509Certificate leaf) throws Exception {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		store.setKeyEntry("server", pair.getPrivate(), PASSWORD, new Certificate[] { leaf });
		KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
		factory.init(store, PASSWORD);
		return factory;
	}

	private static TrustManagerFactory trustManagers(X509Certificate root)
			throws GeneralSecurityException, java.io.IOException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		store.load(null, null);
		store.setCertificateEntry("authority", root);
		TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
		factory.init(store);
		return factory;
	}

}
