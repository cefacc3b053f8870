package com.foobar.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A renewed certificate is served without a restart and without ending a connection.
 */
class CertificateReloadIT {

	@Test
	void servesTheRenewedCertificate(@TempDir Path certificates) throws Exception {
		TestCertificates.write(certificates, 1);
		try (TestBackend backend = new TestBackend("only");
				TestGateway gateway = new TestGateway(certificates, List.of(backend))) {
			gateway.awaitBackends("UP", 1);
			try (SSLSocket open = connect(gateway.port(), true)) {
				assertThat(serial(open)).isEqualTo(1);
				TestCertificates.write(certificates, 2);
				await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
					assertThat(newSerial(gateway.port(), true)).isEqualTo(2);
					// A client that names no host, such as one that connects to an
					// address.
					assertThat(newSerial(gateway.port(), false)).isEqualTo(2);
				});
				open.getOutputStream()
					.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
				byte[] answer = new byte[4096];
				int length = open.getInputStream().read(answer);
				assertThat(new String(answer, 0, length, StandardCharsets.UTF_8)).startsWith("HTTP/1.1 200");
			}
		}
	}

	private static long newSerial(int port, boolean sni) throws IOException, GeneralSecurityException {
		try (SSLSocket socket = connect(port, sni)) {
			return serial(socket);
		}
	}

	private static long serial(SSLSocket socket) throws IOException {
		X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
		return certificate.getSerialNumber().longValue();
	}

	private static SSLSocket connect(int port, boolean sni) throws IOException, GeneralSecurityException {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
		SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port);
		if (sni) {
			SSLParameters parameters = socket.getSSLParameters();
			parameters.setServerNames(List.of(new SNIHostName("localhost")));
			socket.setSSLParameters(parameters);
		}
		socket.startHandshake();
		return socket;
	}

}
