package com.foobar.gateway.proxy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class WebSocketFrameTrackerTests {

	private final WebSocketFrameTracker tracker = new WebSocketFrameTracker();

	// Masked or not, with each of the three length encodings, in buffers of any size.
	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 3, 7, 1000 })
	void findsTheEndOfEveryFrame(int partSize) {
		ByteBuf frames = Unpooled.buffer();
		for (int length : new int[] { 0, 1, 125, 126, 65535, 65536, 70_000 }) {
			for (boolean masked : new boolean[] { true, false }) {
				frames.writeBytes(frame(1, length, masked));
			}
		}
		while (frames.readableBytes() > partSize) {
			this.tracker.follow(frames.readSlice(partSize));
		}
		ByteBuf rest = frames.copy();
		this.tracker.follow(rest.readSlice(rest.readableBytes() - 1));
		assertThat(this.tracker.isBetweenFrames()).isFalse();
		this.tracker.follow(rest);
		assertThat(this.tracker.isBetweenFrames()).isTrue();
		assertThat(this.tracker.isCloseSeen()).isFalse();
	}

	@Test
	void reportsTheEndOfTheCurrentFrame() {
		ByteBuf first = frame(2, 300, false);
		ByteBuf both = Unpooled.wrappedBuffer(first.copy(), frame(2, 5, false));
		this.tracker.follow(both.readSlice(100));
		assertThat(this.tracker.followFrame(both)).isEqualTo(first.readableBytes() - 100);
		assertThat(this.tracker.isBetweenFrames()).isTrue();
		assertThat(this.tracker.followFrame(both)).isZero();
	}

	@Test
	void detectsTheCloseFrame() {
		this.tracker.follow(frame(8, 2, true));
		assertThat(this.tracker.isCloseSeen()).isTrue();
		assertThat(this.tracker.isBetweenFrames()).isTrue();
	}

	@Test
	void findsNoEndOfAFrameWhoseLengthIsNotAllowed() {
		ByteBuf frame = Unpooled.buffer().writeByte(0x82).writeByte(127).writeLong(-1).writeZero(100);
		this.tracker.follow(frame);
		this.tracker.follow(frame(8, 0, false));
		assertThat(this.tracker.isBetweenFrames()).isFalse();
	}

	private static ByteBuf frame(int opcode, int length, boolean masked) {
		ByteBuf frame = Unpooled.buffer().writeByte(0x80 | opcode);
		int mask = masked ? 0x80 : 0;
		if (length < 126) {
			frame.writeByte(mask | length);
		}
		else if (length < 65536) {
			frame.writeByte(mask | 126).writeShort(length);
		}
		else {
			frame.writeByte(mask | 127).writeLong(length);
		}
		return frame.writeZero((masked ? 4 : 0) + length);
	}

}
