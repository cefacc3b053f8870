package com.foobar.gateway;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

import javax.net.ssl.SSLException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Slow and flooding HTTP/2 clients.
 */
@ExtendWith(OutputCaptureExtension.class)
class SlowHttp2ClientsIT extends SlowClientsContract {

	@Test
	void stalledBodyResetsItsStream() throws IOException {
		try (RawClient client = connect(65535)) {
			client.send(Frame.bytes(Frame.HEADERS, 4, 1, headers("/size", "POST")));
			client.send(Frame.bytes(0, 0, 1, new byte[100]));
			DataInputStream in = new DataInputStream(client.socket().getInputStream());
			Frame frame = Frame.read(in);
			while (frame.type != Frame.RESET) {
				frame = Frame.read(in);
			}
			assertThat(frame.stream).isEqualTo(1);
		}
		gateway.awaitNothingInFlight();
	}

	@Test
	void streamWithAClosedWindowIsReset() throws IOException {
		try (RawClient client = connect(0)) {
			client.send(request(1, "/large"));
			await().until(() -> backend.received("/large") > 0);
			DataInputStream in = new DataInputStream(client.socket().getInputStream());
			Frame frame = Frame.read(in);
			while (frame.type != Frame.RESET) {
				frame = Frame.read(in);
			}
			assertThat(frame.stream).isEqualTo(1);
		}
		gateway.awaitNothingInFlight();
	}

	@Test
	void connectionWithoutPingAcknowledgementIsClosed() throws IOException {
		try (RawClient client = connect(65535)) {
			client.send(request(1, "/never"));
			DataInputStream in = new DataInputStream(client.socket().getInputStream());
			int pings = 0;
			try {
				while (true) {
					pings += (Frame.read(in).type == Frame.PING) ? 1 : 0;
				}
			}
			catch (EOFException | SocketException | SSLException ex) {
				assertThat(pings).isEqualTo(1);
			}
		}
		gateway.awaitNothingInFlight();
	}

	// CVE-2023-44487
	@Test
	void rapidResetsGetGoAway() throws IOException {
		try (RawClient client = connect(65535)) {
			byte[] error = { 0, 0, 0, 8 };
			assertThat(sendUntilGoAway(client, 5000, (number) -> {
				int stream = 2 * number + 1;
				ByteArrayOutputStream both = new ByteArrayOutputStream();
				both.writeBytes(request(stream, "/never"));
				both.writeBytes(Frame.bytes(Frame.RESET, 0, stream, error));
				return both.toByteArray();
			})).isEqualTo(11); // ENHANCE_YOUR_CALM
		}
		gateway.awaitNothingInFlight();
	}

	@Test
	void endlessHeadersGetGoAway() throws IOException {
		try (RawClient client = connect(65535)) {
			client.send(Frame.bytes(Frame.HEADERS, 0, 1, headers("/")));
			assertThat(sendUntilGoAway(client, 5000, (number) -> Frame.bytes(9, 0, 1, new byte[0]))).isIn(1, 11,
					0x1_0000);
		}
	}

	@Test
	void pingFloodClosesTheConnection() throws IOException {
		try (RawClient client = connect(65535)) {
			client.socket().setSoTimeout(20_000);
			// Otherwise the kernel buffers tens of megabytes of acknowledgements.
			client.socket().setReceiveBufferSize(16 * 1024);
			byte[] many = new byte[17 * 1000];
			for (int i = 0; i < 1000; i++) {
				System.arraycopy(Frame.bytes(Frame.PING, 0, 0, new byte[8]), 0, many, i * 17, 17);
			}
			boolean ended = false;
			for (int i = 0; i < 50_000 && !ended; i++) {
				try {
					client.send(many);
				}
				catch (IOException ex) {
					ended = true;
				}
			}
			assertThat(ended).as("connection ended").isTrue();
		}
	}

	// The client never acknowledges the limit; most servers enforce it only afterwards.
	@Test
	void streamsAboveTheLimitAreRefused() throws IOException {
		int before = backend.received("/never");
		try (RawClient client = connect(65535)) {
			for (int number = 0; number < 20; number++) {
				client.send(request(2 * number + 1, "/never"));
			}
			DataInputStream in = new DataInputStream(client.socket().getInputStream());
			int refused = 0;
			while (refused < 15) {
				Frame frame = Frame.read(in);
				assertThat(frame.type).as("GOAWAY").isNotEqualTo(Frame.GO_AWAY);
				if (frame.type == Frame.RESET) {
					assertThat(frame.error).as("REFUSED_STREAM").isEqualTo(7);
					refused++;
				}
			}
			await().until(() -> backend.received("/never") == before + 5);
		}
		gateway.awaitNothingInFlight();
	}

	@Test
	void abortedUploadIsNotLoggedAsAnError(CapturedOutput output) throws IOException {
		int before = backend.received("/size");
		try (RawClient client = connect(65535)) {
			client.send(Frame.bytes(Frame.HEADERS, 4, 1, headers("/size", "POST")));
			client.send(Frame.bytes(0, 0, 1, new byte[100]));
			await().until(() -> backend.received("/size") > before);
		}
		gateway.awaitNothingInFlight();
		assertThat(output).doesNotContain("failed in the gateway", "AbortedException");
	}

	private static RawClient connect(int window) throws IOException {
		RawClient client = new RawClient(gateway.port(), "h2");
		client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
		// SETTINGS_INITIAL_WINDOW_SIZE
		return client.send(Frame.bytes(4, 0, 0, new byte[] { 0, 4, (byte) (window >> 24), (byte) (window >> 16),
				(byte) (window >> 8), (byte) window }));
	}

	private static byte[] request(int stream, String path) {
		return Frame.bytes(Frame.HEADERS, 5, stream, headers(path));
	}

	private static byte[] headers(String path) {
		return headers(path, "GET");
	}

	private static byte[] headers(String path, String method) {
		ByteArrayOutputStream block = new ByteArrayOutputStream();
		String[][] headers = { { ":method", method }, { ":scheme", "https" }, { ":path", path },
				{ ":authority", "localhost" } };
		for (String[] header : headers) {
			block.write(0);
			for (String text : header) {
				block.write(text.length());
				block.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
			}
		}
		return block.toByteArray();
	}

	// The error code of the GOAWAY, or 0x10000 if the connection ended without one.
	private static int sendUntilGoAway(RawClient client, int most, IntFunction<byte[]> frames) throws IOException {
		try {
			for (int number = 0; number < most; number++) {
				client.send(frames.apply(number));
			}
		}
		catch (IOException ex) {
			// A GOAWAY may still be readable.
		}
		DataInputStream in = new DataInputStream(client.socket().getInputStream());
		try {
			while (true) {
				Frame frame = Frame.read(in);
				if (frame.type == Frame.GO_AWAY) {
					return frame.error;
				}
			}
		}
		catch (SocketTimeoutException ex) {
			throw ex;
		}
		catch (IOException ex) {
			return 0x1_0000;
		}
	}

	private record Frame(int type, int stream, int error) {

		static final int HEADERS = 1;

		static final int RESET = 3;

		static final int PING = 6;

		static final int GO_AWAY = 7;

		static Frame read(DataInputStream in) throws IOException {
			int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
			int type = in.readUnsignedByte();
			in.readUnsignedByte();
			int stream = in.readInt();
			byte[] payload = in.readNBytes(length);
			int last = (length > 0) ? payload[length - 1] : 0;
			return new Frame(type, stream, (type == GO_AWAY && length >= 8) ? payload[7] : last);
		}

		static byte[] bytes(int type, int flags, int stream, byte[] payload) {
			byte[] frame = new byte[9 + payload.length];
			frame[1] = (byte) (payload.length >> 8);
			frame[2] = (byte) payload.length;
			frame[3] = (byte) type;
			frame[4] = (byte) flags;
			frame[7] = (byte) (stream >> 8);
			frame[8] = (byte) stream;
			System.arraycopy(payload, 0, frame, 9, payload.length);
			return frame;
		}

	}

}
