package com.foobar.gateway;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Requests that two servers could parse differently are rejected and their connection is
 * closed, because the start of the next request is ambiguous.
 */
@ExtendWith(OutputCaptureExtension.class)
class SmugglingIT extends RecordingContract {

	private static final String TO_LOCALHOST = " HTTP/1.1\r\nHost: localhost\r\n";

	private static final String SMUGGLED = "GET /smuggled HTTP/1.1\r\nHost: localhost\r\n\r\n";

	static Stream<Arguments> ambiguous() {
		String post = "POST / HTTP/1.1\r\nHost: localhost\r\n";
		return Stream.of(
				arguments("length and chunks (CL.TE)",
						post + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED),
				arguments("chunks and length (TE.CL)",
						post + "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n2b\r\n" + SMUGGLED
								+ "\r\n0\r\n\r\n"),
				arguments("two lengths", post + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef" + SMUGGLED),
				arguments("the same length twice", post + "Content-Length: 5\r\nContent-Length: 5\r\n\r\nabcde"),
				arguments("a list of lengths", post + "Content-Length: 5, 6\r\n\r\nabcdef"),
				arguments("a negative length", post + "Content-Length: -1\r\n\r\n" + SMUGGLED),
				arguments("a signed length", post + "Content-Length: +5\r\n\r\nabcde" + SMUGGLED),
				arguments("a length in hexadecimal", post + "Content-Length: 0x5\r\n\r\nabcde" + SMUGGLED),
				arguments("an empty length", post + "Content-Length: \r\n\r\n" + SMUGGLED),
				arguments("a length beyond counting", post + "Content-Length: 99999999999999999999\r\n\r\n"),
				arguments("xchunked", post + "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n" + SMUGGLED),
				arguments("xchunked and a length",
						post + "Transfer-Encoding: xchunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + SMUGGLED),
				arguments("identity", post + "Transfer-Encoding: identity\r\nContent-Length: 5\r\n\r\nabcde"),
				arguments("a second coding", post + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
				arguments("chunked not last", post + "Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
				arguments("chunked twice",
						post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
				arguments("chunked and another",
						post + "Transfer-Encoding: chunked\r\nTransfer-Encoding: x\r\n\r\n0\r\n\r\n"),
				arguments("chunked in quotes", post + "Transfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n"),
				arguments("chunked behind a vertical tab", post + "Transfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n"),
				arguments("chunks in HTTP/1.0",
						"POST / HTTP/1.0\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
				arguments("a space before the colon", post + "Content-Length : 5\r\n\r\nabcde" + SMUGGLED),
				arguments("a tab before the colon", post + "Transfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n"),
				arguments("a folded line", post + "X-A: b\r\n Transfer-Encoding: chunked\r\n\r\n"),
				arguments("a folded coding", post + "Transfer-Encoding:\r\n\tchunked\r\n\r\n0\r\n\r\n"),
				arguments("a fold before the first header",
						"POST / HTTP/1.1\r\n Host: localhost\r\nHost: localhost\r\n\r\n"),
				arguments("a line without colon", post + "Content-Length\r\n\r\n"),
				arguments("an empty name", post + ": x\r\n\r\n"),
				arguments("a zero byte", post + "X-A: a\u0000b\r\n\r\n"),
				arguments("a carriage return in a value", post + "X-A: a\rTransfer-Encoding: chunked\r\n\r\n"),
				arguments("bare line feeds", "POST / HTTP/1.1\nHost: localhost\nContent-Length: 5\n\nabcde"),
				arguments("one bare line feed", post + "X-A: b\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
				arguments("another host in the target",
						"GET http://internal/ HTTP/1.1\r\nHost: localhost\r\nX-A: b\r\n\r\n"),
				arguments("two hosts", "GET / HTTP/1.1\r\nHost: localhost\r\nHost: internal\r\n\r\n"),
				arguments("no host", "GET / HTTP/1.1\r\nX-A: b\r\n\r\n"),
				arguments("another major version", "GET / HTTP/3.7\r\nHost: localhost\r\n\r\n"),
				arguments("another minor version", "GET / HTTP/1.7\r\nHost: localhost\r\n\r\n"),
				arguments("no version", "GET /\r\nHost: localhost\r\n\r\n"),
				arguments("a space in the target", "GET /a b HTTP/1.1\r\nHost: localhost\r\n\r\n"),
				arguments("a tunnel", "CONNECT internal:80 HTTP/1.1\r\nHost: localhost\r\n\r\n"));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("ambiguous")
	void rejectsTheRequestAndClosesTheConnection(String what, String request) throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			String response = client.send(request).readToEnd();
			assertThat(response).startsWith("HTTP/1.1 4")
				.containsIgnoringCase("connection: close")
				.contains("application/problem+json");
			assertThat(response.split("HTTP/1.1 ", -1)).as("responses").hasSize(2);
			assertThat(backend.received()).isEmpty();
		}
	}

	static Stream<Arguments> badChunks() {
		return Stream.of(arguments("no number", "xyz\r\nabc\r\n0\r\n\r\n"),
				arguments("a negative size", "-1\r\nabc\r\n0\r\n\r\n"),
				arguments("a prefix", "0x3\r\nabc\r\n0\r\n\r\n"),
				arguments("a size beyond counting", "fffffffffffffffff\r\nabc\r\n0\r\n\r\n"),
				arguments("data longer than said", "2\r\nabc\r\n0\r\n\r\n"),
				arguments("a size that ends with a line feed", "3\nabc\r\n0\r\n\r\n"),
				arguments("an extension that ends with a line feed", "3;a\nxx\r\nabc\r\n0\r\n\r\n"));
	}

	// The body is streamed, so its start may have been forwarded before its error is
	// detected. The backend must then never see its end.
	@ParameterizedTest(name = "{0}")
	@MethodSource("badChunks")
	void neverCompletesABodyOfInvalidChunks(String what, String chunks) throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			client.send("POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks + SMUGGLED);
			assertThat(client.readToEnd()).startsWith("HTTP/1.1 400").contains("application/problem+json");
			assertThat(backend.received()).noneSatisfy((bytes) -> assertThat(bytes).contains("\r\n0\r\n\r\n"))
				.noneSatisfy((bytes) -> assertThat(bytes).contains("smuggled"));
		}
	}

	@Test
	void rejectsInvalidChunksAfterContinue() throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			client.send("POST /expect" + TO_LOCALHOST + "Expect: 100-continue\r\nTransfer-Encoding: chunked\r\n\r\n");
			assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 100");
			client.send("xyz\r\nabc\r\n0\r\n\r\n");
			assertThat(client.readToEnd()).startsWith("HTTP/1.1 400").contains("application/problem+json");
		}
	}

	@Test
	void neverCompletesABodyOfADisconnectedClient() throws Exception {
		try (RawClient client = new RawClient(gateway.port())) {
			client.send("POST /cut" + TO_LOCALHOST + "Transfer-Encoding: chunked\r\n\r\n" + "5\r\nfirst\r\n");
			await().until(() -> String.join("", backend.received()).contains("first"));
		}
		try (RawClient client = new RawClient(gateway.port())) {
			client.send("GET /after" + TO_LOCALHOST + "\r\n").readUntil("\r\n\r\n");
		}
		assertThat(backend.received())
			.noneSatisfy((bytes) -> assertThat(bytes).startsWith("POST /cut").contains("\r\n0\r\n\r\n"));
	}

	@Test
	void forwardsValidRequests() throws IOException {
		try (RawClient client = new RawClient(gateway.port())) {
			client.send("POST /a" + TO_LOCALHOST + "Transfer-Encoding: chunked\r\n\r\n" + "3\r\nabc\r\n0\r\n\r\n"
					+ "GET /b" + TO_LOCALHOST + "\r\n");
			for (int responses = 0; responses < 2; responses++) {
				assertThat(client.readUntil("\r\n\r\n")).startsWith("HTTP/1.1 200");
			}
			assertThat(String.join("", backend.received())).contains("POST /a", "abc", "GET /b");
		}
	}

	static Stream<Arguments> http2Headers() {
		return Stream.of(arguments("a coding", new String[] { "transfer-encoding", "chunked" }),
				arguments("a connection", new String[] { "connection", "keep-alive" }),
				arguments("an upgrade", new String[] { "upgrade", "websocket" }),
				arguments("a length that is not the body's", new String[] { "content-length", "5" }),
				arguments("two lengths", new String[] { "content-length", "3", "content-length", "4" }),
				arguments("another host", new String[] { "host", "internal" }),
				arguments("a name in upper case", new String[] { "X-A", "b" }),
				arguments("a line break in a value", new String[] { "x-a", "b\r\nc: d" }),
				arguments("a line break in a name", new String[] { "x-a\r\nc", "b" }),
				arguments("a colon in a name", new String[] { "x:a", "b" }),
				arguments("a second path", new String[] { ":path", "/smuggled" }));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("http2Headers")
	void rejectsHttp2StreamsThatAreAmbiguousInHttp1(String what, String[] headers, CapturedOutput output)
			throws IOException {
		try (RawClient client = new RawClient(gateway.port(), "h2")) {
			client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
			client.send(frame(4, 0, 0, new byte[0]));
			ByteArrayOutputStream block = new ByteArrayOutputStream();
			for (String[] header : new String[][] { { ":method", "POST" }, { ":scheme", "https" }, { ":path", "/" },
					{ ":authority", "localhost" } }) {
				literal(block, header[0], header[1]);
			}
			for (int i = 0; i < headers.length; i += 2) {
				literal(block, headers[i], headers[i + 1]);
			}
			client.send(frame(1, 4, 1, block.toByteArray()));
			client.send(frame(0, 1, 1, "abc".getBytes(StandardCharsets.US_ASCII)));
			assertThat(refusal(client)).as("response or reset of stream 1").isIn("reset", "400");
			assertThat(backend.received()).noneSatisfy((bytes) -> assertThat(bytes).contains("abc"));
			// A client cannot fill the log either.
			assertThat(output).doesNotContain("Exception");
		}
	}

	// "reset" of stream 1, or of the whole connection; or the status of the response.
	private static String refusal(RawClient client) throws IOException {
		DataInputStream in = new DataInputStream(client.socket().getInputStream());
		while (true) {
			int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
			int type = in.readUnsignedByte();
			in.readUnsignedByte();
			int stream = in.readInt();
			byte[] payload = in.readNBytes(length);
			if ((type == 3 && stream == 1) || type == 7) {
				return "reset";
			}
			if (type == 1 && stream == 1) {
				// Index 12 of the static table is :status 400, 8 is 200.
				return switch (payload[0] & 0xff) {
					case 0x8c -> "400";
					case 0x88 -> "200";
					default -> "status of index " + (payload[0] & 0x7f);
				};
			}
		}
	}

	private static byte[] frame(int type, int flags, int stream, byte[] payload) {
		byte[] frame = new byte[9 + payload.length];
		frame[1] = (byte) (payload.length >> 8);
		frame[2] = (byte) payload.length;
		frame[3] = (byte) type;
		frame[4] = (byte) flags;
		frame[8] = (byte) stream;
		System.arraycopy(payload, 0, frame, 9, payload.length);
		return frame;
	}

	// Neither indexed nor compressed (RFC 7541, section 6.2.2).
	private static void literal(ByteArrayOutputStream block, String name, String value) {
		block.write(0);
		for (String text : new String[] { name, value }) {
			block.write(text.length());
			block.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
		}
	}

}
