package com.foobar.gateway.proxy;

import io.netty.buffer.ByteBuf;

/**
 * Where does one WebSocket frame end and the next begin (RFC 6455, section 5.2)? Follows
 * the bytes of one direction without keeping any of them.
 * <p>
 * Not thread-safe.
 */
final class WebSocketFrameTracker {

	private static final int OPCODE_CLOSE = 8;

	/** Bytes of the present frame's header that have passed. */
	private int header;

	private int headerLength = 2;

	private int lengthBytes;

	private long payload;

	private boolean closeSeen;

	/**
	 * Follows all bytes that can be read from a buffer, and leaves them there.
	 * @param bytes the next bytes of the direction
	 */
	void follow(ByteBuf bytes) {
		int next = bytes.readerIndex();
		while (next < bytes.writerIndex()) {
			next = step(bytes, next);
		}
	}

	/**
	 * Follows the bytes as far as they belong to the frame that has begun.
	 * @param bytes the next bytes of the direction
	 * @return how many those are; all, if the frame does not end among them
	 */
	int followFrame(ByteBuf bytes) {
		int next = bytes.readerIndex();
		while (next < bytes.writerIndex() && !isBetweenFrames()) {
			next = step(bytes, next);
		}
		return next - bytes.readerIndex();
	}

	/** Whether the last frame is complete and no other has begun. */
	boolean isBetweenFrames() {
		return this.header == 0;
	}

	/** Whether a close frame has passed, or has begun to. */
	boolean isCloseSeen() {
		return this.closeSeen;
	}

	private int step(ByteBuf bytes, int index) {
		if (this.header < this.headerLength) {
			header(bytes.getByte(index));
			if (this.header == this.headerLength && this.payload == 0) {
				this.header = 0;
				this.headerLength = 2;
			}
			return index + 1;
		}
		// A length with its highest bit set is not allowed; as a number it is negative.
		long passing = (this.payload < 0) ? bytes.writerIndex() - index
				: Math.min(this.payload, bytes.writerIndex() - index);
		this.payload -= passing;
		if (this.payload == 0) {
			this.header = 0;
			this.headerLength = 2;
		}
		return index + (int) passing;
	}

	private void header(byte value) {
		if (this.header == 0) {
			this.closeSeen |= (value & 0x0f) == OPCODE_CLOSE;
		}
		else if (this.header == 1) {
			int length = value & 0x7f;
			this.lengthBytes = switch (length) {
				case 126 -> 2;
				case 127 -> 8;
				default -> 0;
			};
			this.payload = (this.lengthBytes == 0) ? length : 0;
			this.headerLength = 2 + this.lengthBytes + ((value < 0) ? 4 : 0);
		}
		else if (this.header < 2 + this.lengthBytes) {
			this.payload = (this.payload << 8) | (value & 0xff);
		}
		this.header++;
	}

}
