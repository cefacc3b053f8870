package com.foobar.gateway.netty;

import com.foobar.gateway.http.RequestTarget;
import com.foobar.gateway.http.WebSocketHandshake;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Refuses HTTP/1 requests that two servers could read differently (RFC 9112, section
 * 11.2): to what follows, it is as if the codec had not been able to read them, so that
 * they are answered with 400 in their turn and the connection is closed. Whatever else
 * comes on the connection is thrown away.
 * <p>
 * Two handlers around the codec, because it joins folded lines and leaves no trace of
 * them. One instance for each connection.
 */
final class RequestSmugglingGuard {

	/** Whether the next byte belongs to the headers of a request. */
	private boolean inHeaders = true;

	/** Whether the last byte was the end of a line of the headers. */
	private boolean afterLine;

	private boolean folded;

	private boolean refused;

	/** Whether the last request asked for a WebSocket and is not answered yet. */
	private boolean switching;

	/** The handler that stands before the HTTP codec. */
	ChannelInboundHandlerAdapter beforeCodec() {
		return new Bytes();
	}

	/** The handler that stands after the HTTP codec. */
	ChannelDuplexHandler afterCodec() {
		return new Messages();
	}

	private final class Bytes extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object msg) {
			if (RequestSmugglingGuard.this.inHeaders && msg instanceof ByteBuf bytes) {
				look(bytes);
			}
			ctx.fireChannelRead(msg);
		}

		// To the empty line only: what follows is a body, or a request sent ahead, whose
		// folded lines go out unfolded.
		private void look(ByteBuf bytes) {
			RequestSmugglingGuard state = RequestSmugglingGuard.this;
			int end = bytes.writerIndex();
			int next = state.afterLine ? bytes.readerIndex() : lineAfter(bytes, bytes.readerIndex());
			while (next >= 0 && next < end) {
				byte first = bytes.getByte(next);
				if (first == ' ' || first == '\t') {
					state.folded = true;
				}
				if (first == '\r' || first == '\n') {
					state.afterLine = false;
					return;
				}
				next = lineAfter(bytes, next);
			}
			state.afterLine = (next == end);
		}

		private static int lineAfter(ByteBuf bytes, int from) {
			int lineFeed = bytes.indexOf(from, bytes.writerIndex(), (byte) '\n');
			return (lineFeed != -1) ? lineFeed + 1 : -1;
		}

	}

	private final class Messages extends ChannelDuplexHandler {

		private int unanswered;

		private boolean answering;

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object msg) {
			RequestSmugglingGuard state = RequestSmugglingGuard.this;
			if (state.refused) {
				ReferenceCountUtil.release(msg);
				return;
			}
			if (state.switching && msg instanceof HttpRequest) {
				// What comes now would be in the one protocol or in the other, as the
				// backend decides: nobody may send it yet.
				state.refused = true;
				ReferenceCountUtil.release(msg);
				var unused = ctx.close();
				return;
			}
			if (msg instanceof HttpRequest request) {
				state.switching = WebSocketHandshake.isOne(request.protocolVersion(), request.method(),
						request.headers());
				String fault = fault(request);
				if (fault != null) {
					state.refused = true;
					request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(fault)));
				}
				state.inHeaders = false;
				state.folded = false;
				this.unanswered++;
			}
			if (msg instanceof LastHttpContent last) {
				// What cannot be read from its first line on is request and end in one.
				if (last.decoderResult().isFailure() && !(msg instanceof HttpRequest)) {
					state.refused = true;
					last.release();
					breakOff(ctx);
					return;
				}
				state.inHeaders = true;
				state.afterLine = false;
			}
			ctx.fireChannelRead(msg);
		}

		@Override
		public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
			if (msg instanceof HttpResponse response && response.status().code() >= 200) {
				this.answering = true;
				RequestSmugglingGuard.this.switching = false;
			}
			if (msg instanceof LastHttpContent) {
				this.answering = false;
				this.unanswered--;
			}
			var unused = ctx.write(msg, promise);
		}

		// Reactor Netty would end the body here like any other, and a backend take the
		// part for the whole. A connection that is gone ends it for what it is.
		private void breakOff(ChannelHandlerContext ctx) {
			if (this.unanswered == 1 && !this.answering) {
				FullHttpResponse refusal = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
						HttpResponseStatus.BAD_REQUEST);
				refusal.headers()
					.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
					.setInt(HttpHeaderNames.CONTENT_LENGTH, 0);
				var unused = ctx.writeAndFlush(refusal).addListener(ChannelFutureListener.CLOSE);
			}
			else {
				var unused = ctx.close();
			}
		}

		private @Nullable String fault(HttpRequest request) {
			if (request.decoderResult().isFailure()) {
				return null;
			}
			if (RequestSmugglingGuard.this.folded) {
				return "a header line is folded";
			}
			String fault = FramingRules.fault(request);
			return (fault != null) ? fault : RequestTarget.normalize(request);
		}

	}

}
