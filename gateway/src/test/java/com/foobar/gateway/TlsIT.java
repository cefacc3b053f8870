package com.foobar.gateway;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which TLS versions and cipher suites the site accepts. The handshakes are written by
 * hand, because the JDK's own client rejects old ones.
 */
class TlsIT {

	private static final int ALERT = 21;

	private static final int HANDSHAKE = 22;

	private static TestBackend backend;

	private static TestGateway gateway;

	@BeforeAll
	static void start(@TempDir Path certificates) {
		TestCertificates.write(certificates, 1);
		backend = new TestBackend("only");
		gateway = new TestGateway(certificates, List.of(backend));
	}

	@AfterAll
	static void stop() {
		gateway.close();
		backend.close();
	}

	// In hexadecimal: the version and the cipher suites that the client offers.
	@ParameterizedTest(name = "{2}")
	@CsvSource({ "0303, c02b, AES-128-GCM", "0303, c02c, AES-256-GCM", "0303, cca9, ChaCha20" })
	void accepts(String version, String suites, String name) throws IOException {
		assertThat(responseType(version, suites)).isEqualTo(HANDSHAKE);
	}

	@ParameterizedTest(name = "{2}")
	@CsvSource({ "0302, c009c00a002f0035c02b, TLS 1.1", "0301, c009c00a002f0035c02b, TLS 1.0",
			"0303, c009c00ac023c024, CBC", "0303, 002f0035009c009d003c003d, keys exchanged by RSA",
			"0303, 000a0005c008c007, 3DES and RC4", "0303, 00a7006c00340018, no authentication" })
	void rejects(String version, String suites, String name) throws IOException {
		assertThat(responseType(version, suites)).isEqualTo(ALERT);
	}

	// The type of the first record.
	private static int responseType(String version, String suites) throws IOException {
		try (Socket socket = new Socket("localhost", gateway.port())) {
			socket.setSoTimeout(10_000);
			socket.getOutputStream().write(hello(bytes(version), bytes(suites)));
			return new DataInputStream(socket.getInputStream()).readUnsignedByte();
		}
	}

	private static byte[] hello(byte[] version, byte[] suites) throws IOException {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		DataOutputStream out = new DataOutputStream(body);
		out.write(version);
		out.write(new byte[32]);
		out.writeByte(0);
		out.writeShort(suites.length);
		out.write(suites);
		out.write(bytes("0100"));
		// secp256r1; ECDSA and RSA with SHA-256, ECDSA with SHA-1; uncompressed points.
		byte[] extensions = bytes("000a000400020017" + "000d00080006040304010203" + "000b00020100");
		out.writeShort(extensions.length);
		out.write(extensions);
		ByteArrayOutputStream record = new ByteArrayOutputStream();
		DataOutputStream head = new DataOutputStream(record);
		head.write(bytes("160301"));
		head.writeShort(body.size() + 4);
		head.writeByte(1);
		head.writeByte(0);
		head.writeShort(body.size());
		head.write(body.toByteArray());
		return record.toByteArray();
	}

	private static byte[] bytes(String hex) {
		return HexFormat.of().parseHex(hex);
	}

}
