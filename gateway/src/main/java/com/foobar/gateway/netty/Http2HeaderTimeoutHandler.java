package com.foobar.gateway.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes HTTP/2 connections on which the headers of a request are not complete in time,
 * as {@link Http1ConnectionHandler} does with HTTP/1. The codec reports headers only when
 * they are whole, so this stands before it and follows the frames (RFC 9113, section
 * 4.1). The client's preface counts as well.
 * <p>
 * One instance for each connection.
 */
final class Http2HeaderTimeoutHandler extends ChannelInboundHandlerAdapter {

	private static final Logger logger = LoggerFactory.getLogger(Http2HeaderTimeoutHandler.class);

	private static final int PREFACE = 24;

	private static final int HEAD = 9;

	private static final int HEADERS = 0x1;

	private static final int CONTINUATION = 0x9;

	private static final int END_HEADERS = 0x4;

	private final Deadline deadline = new Deadline();

	private final long nanos;

	/** Bytes still to come of the preface, then of the present frame's payload. */
	private int rest = PREFACE;

	/** Bytes that have come of the present frame's head. */
	private int inHead;

	private int length;

	private int type;

	/** Whether a header block has begun that no frame has ended yet. */
	private boolean open = true;

	/** Whether the present frame ends the block that it belongs to. */
	private boolean last = true;

	Http2HeaderTimeoutHandler(LimitsProperties limits) {
		this.nanos = limits.headerTimeout().toNanos();
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		this.deadline.open(ctx.executor(), () -> {
			logger.debug("Closing {}: no complete request headers in time", ctx.channel());
			// The codec would wait for the active streams.
			var unused = ctx.close();
		});
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		this.deadline.close();
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (msg instanceof ByteBuf bytes) {
			boolean ended = follow(bytes);
			boolean waiting = this.open || this.inHead > 0;
			if (ended || !waiting) {
				this.deadline.cancel();
			}
			if (waiting && !this.deadline.isSet()) {
				this.deadline.set(this.nanos);
			}
		}
		ctx.fireChannelRead(msg);
	}

	// Whether a block ended in these bytes, so that one that is open now is another.
	private boolean follow(ByteBuf bytes) {
		boolean ended = false;
		int at = bytes.readerIndex();
		int end = bytes.writerIndex();
		while (at < end) {
			if (this.rest > 0) {
				int taken = Math.min(this.rest, end - at);
				this.rest -= taken;
				at += taken;
			}
			else {
				head(bytes.getUnsignedByte(at++));
			}
			if (this.rest == 0 && this.inHead == 0 && this.open && this.last) {
				this.open = false;
				ended = true;
			}
		}
		return ended;
	}

	private void head(int value) {
		switch (this.inHead++) {
			case 0, 1, 2 -> this.length = (this.length << 8 | value) & 0xffffff;
			case 3 -> this.type = value;
			case 4 -> {
				if (this.type == HEADERS || this.type == CONTINUATION) {
					this.open = true;
					this.last = (value & END_HEADERS) != 0;
				}
			}
			case HEAD - 1 -> {
				this.rest = this.length;
				this.inHead = 0;
			}
			default -> {
				// The stream.
			}
		}
	}

}
