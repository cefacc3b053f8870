package com.foobar.gateway;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
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
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/**
 * A renewed certificate is served without a restart and without ending a connection.
 */
@ExtendWith(OutputCaptureExtension.class)
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
					// A client without SNI, such as one that connects to an address.
					assertThat(newSerial(gateway.port(), false)).isEqualTo(2);
				});
				open.getOutputStream()
					.write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
				byte[] buffer = new byte[4096];
				int length = open.getInputStream().read(buffer);
				assertThat(new String(buffer, 0, length, StandardCharsets.UTF_8)).startsWith("HTTP/1.1 200");
			}
		}
	}

	@Test
	void servesTheOldPairUntilTheNewOneIsComplete(@TempDir Path certificates, CapturedOutput output) throws Exception {
		TestCertificates.write(certificates, 1);
		Path next = Files.createDirectory(certificates.resolve("next"));
		TestCertificates.write(next, 2);
		try (TestBackend backend = new TestBackend("only");
				TestGateway gateway = new TestGateway(certificates, List.of(backend))) {
			gateway.awaitBackends("UP", 1);
			Files.move(next.resolve("tls.crt"), certificates.resolve("tls.crt"), StandardCopyOption.REPLACE_EXISTING);
			await().atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(output).contains("Private key in keystore matches none"));
			assertThat(newSerial(gateway.port(), true)).isEqualTo(1);
			// An incomplete key, as seen while it is written in place.
			String key = Files.readString(next.resolve("tls.key"));
			Files.writeString(certificates.resolve("tls.key"), key.substring(0, key.length() / 2));
			await().during(Duration.ofSeconds(1)).until(() -> newSerial(gateway.port(), true) == 1);
			Files.writeString(certificates.resolve("tls.key"), key);
			await().atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(newSerial(gateway.port(), true)).isEqualTo(2));
			assertThat(output).contains("The certificate of the site was renewed; it is valid until");
		}
	}

	// As ACME clients and Kubernetes do.
	@Test
	void followsSymbolicLinksThatAreReplaced(@TempDir Path certificates) throws Exception {
		Path first = Files.createDirectory(certificates.resolve("first"));
		Path second = Files.createDirectory(certificates.resolve("second"));
		TestCertificates.write(first, 1);
		TestCertificates.write(second, 2);
		Path current = Files.createSymbolicLink(certificates.resolve("current"), Path.of("first"));
		for (String name : List.of("tls.crt", "tls.key")) {
			Files.createSymbolicLink(certificates.resolve(name), Path.of("current", name));
		}
		try (TestBackend backend = new TestBackend("only");
				TestGateway gateway = new TestGateway(certificates, List.of(backend))) {
			gateway.awaitBackends("UP", 1);
			assertThat(newSerial(gateway.port(), true)).isEqualTo(1);
			Path turned = Files.createSymbolicLink(certificates.resolve("turned"), Path.of("second"));
			Files.move(turned, current, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
			await().atMost(Duration.ofSeconds(20))
				.untilAsserted(() -> assertThat(newSerial(gateway.port(), true)).isEqualTo(2));
		}
	}

	@Test
	void keyOfAnotherCertificatePreventsTheStart(@TempDir Path certificates, CapturedOutput output) throws IOException {
		TestCertificates.write(certificates, 1);
		Path other = Files.createDirectory(certificates.resolve("other"));
		TestCertificates.write(other, 2);
		Files.copy(other.resolve("tls.key"), certificates.resolve("tls.key"), StandardCopyOption.REPLACE_EXISTING);
		assertThatThrownBy(() -> new TestGateway(certificates, "http://127.0.0.1:1")).isInstanceOf(Exception.class);
		assertThat(output).contains("Private key in keystore matches none of the certificates", "Action:")
			.doesNotContain("\tat com.foobar", "\tat org.springframework");
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
