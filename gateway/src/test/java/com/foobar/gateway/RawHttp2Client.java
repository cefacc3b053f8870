package com.foobar.gateway;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;

/**
 * Sends one HTTP/2 request in frames of its own making, so that nothing is checked or
 * encoded on the way.
 */
final class RawHttp2Client implements AutoCloseable {

	private static final int MAX_FRAME = 16 * 1024;

	private static final int DATA = 0;

	private static final int HEADERS = 1;

	private static final int RST_STREAM = 3;

	private static final int GOAWAY = 7;

	private static final int CONTINUATION = 9;

	private static final int END_STREAM = 1;

	private static final int END_HEADERS = 4;

	private final RawClient client;

	RawHttp2Client(int port) throws IOException {
		this.client = new RawClient(port, "h2");
		this.client.send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
		this.client.send(frame(4, 0, 0, new byte[0]));
	}

	RawClient raw() {
		return this.client;
	}

	/** A header block, with headers written as pairs of name and value. */
	static byte[] block(String method, String path, String... headers) {
		Http2Headers all = new DefaultHttp2Headers(false);
		all.method(method).scheme("https").authority("localhost").path(bytes(path));
		for (int i = 0; i < headers.length; i += 2) {
			all.add(bytes(headers[i]), bytes(headers[i + 1]));
		}
		ByteBuf block = Unpooled.buffer();
		try {
			new DefaultHttp2HeadersEncoder().encodeHeaders(1, all, block);
		}
		catch (Http2Exception ex) {
			throw new IllegalStateException(ex);
		}
		return ByteBufUtil.getBytes(block);
	}

	private static AsciiString bytes(String text) {
		return new AsciiString(text.getBytes(StandardCharsets.ISO_8859_1), false);
	}

	static byte[] frame(int type, int flags, int stream, byte[] payload) {
		byte[] frame = new byte[9 + payload.length];
		frame[0] = (byte) (payload.length >> 16);
		frame[1] = (byte) (payload.length >> 8);
		frame[2] = (byte) payload.length;
		frame[3] = (byte) type;
		frame[4] = (byte) flags;
		frame[8] = (byte) stream;
		System.arraycopy(payload, 0, frame, 9, payload.length);
		return frame;
	}

	/** Sends a request without a body, and reads its response. */
	Response exchange(String method, String path, String... headers) throws IOException {
		send(block(method, path, headers), true);
		return read();
	}

	/** Sends headers in as many frames as they need. */
	RawHttp2Client send(byte[] block, boolean endStream) throws IOException {
		for (int from = 0; from < block.length; from += MAX_FRAME) {
			int to = Math.min(from + MAX_FRAME, block.length);
			byte[] part = Arrays.copyOfRange(block, from, to);
			int flags = ((to == block.length) ? END_HEADERS : 0) | ((from == 0 && endStream) ? END_STREAM : 0);
			this.client.send(frame((from == 0) ? HEADERS : CONTINUATION, flags, 1, part));
		}
		return this;
	}

	/** Sends a part of the body. */
	RawHttp2Client data(byte[] part, boolean endStream) throws IOException {
		this.client.send(frame(DATA, endStream ? END_STREAM : 0, 1, part));
		return this;
	}

	/**
	 * Reads until the response has ended; "reset" if the stream or the connection was
	 * reset.
	 */
	Response read() throws IOException {
		DataInputStream in = new DataInputStream(this.client.socket().getInputStream());
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		Http2Headers headers = new DefaultHttp2Headers(false);
		while (true) {
			int length = (in.readUnsignedByte() << 16) | in.readUnsignedShort();
			int type = in.readUnsignedByte();
			int flags = in.readUnsignedByte();
			int stream = in.readInt();
			byte[] payload = in.readNBytes(length);
			if ((type == RST_STREAM && stream == 1) || type == GOAWAY) {
				return new Response("reset", headers, body.toString(StandardCharsets.UTF_8));
			}
			if (type == HEADERS && stream == 1) {
				headers = decode(payload);
			}
			if (type == DATA && stream == 1) {
				body.writeBytes(payload);
			}
			if (stream == 1 && (type == HEADERS || type == DATA) && (flags & END_STREAM) != 0) {
				return new Response(headers.status().toString(), headers, body.toString(StandardCharsets.UTF_8));
			}
		}
	}

	private static Http2Headers decode(byte[] block) {
		try {
			return new DefaultHttp2HeadersDecoder(false).decodeHeaders(1, Unpooled.wrappedBuffer(block));
		}
		catch (Http2Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public void close() throws IOException {
		this.client.close();
	}

	/**
	 * A response as received.
	 */
	record Response(String status, Http2Headers headers, String body) {

		boolean isProblem() {
			return "application/problem+json".contentEquals(String.valueOf(this.headers.get("content-type")));
		}

	}

}
