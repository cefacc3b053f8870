package com.foobar.gateway.netty;

import java.util.List;

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
 * Rejects HTTP/1 requests that two servers could read differently (RFC 9112, section
 * 11.2), as requests that the codec could not decode: with 400, after the responses to
 * earlier requests, and the connection is closed. Anything that follows on the connection
 * is discarded.
 * <p>
 * The codec rejects most such requests itself (contradicting lengths, a length beside
 * chunks, stray characters); this guard is for those that it accepts.
 * <p>
 * Two handlers around the codec, because the codec joins folded lines without a trace.
 * One instance for each connection.
 */
final class RequestSmugglingGuard {

	/** Whether the next byte belongs to the headers of a request. */
	private boolean inHeaders = true;

	/** Whether the last byte was the end of a line of the headers. */
	private boolean afterLine;

	private boolean folded;

	private boolean refused;

	/** Whether the last request is a WebSocket handshake whose response is pending. */
	private boolean switching;

	/** The handler before the HTTP codec. */
	ChannelInboundHandlerAdapter beforeCodec() {
		return new Bytes();
	}

	/** The handler after the HTTP codec. */
	ChannelDuplexHandler afterCodec() {
		return new Messages();
	}

	/**
	 * What is wrong with a request.
	 * @param request an HTTP/1 request as the codec read it
	 * @return what is wrong, or null
	 */
	private static @Nullable String framingFault(HttpRequest request) {
		HttpVersion version = request.protocolVersion();
		if (!version.equals(HttpVersion.HTTP_1_1) && !version.equals(HttpVersion.HTTP_1_0)) {
			return "the version is " + version.text();
		}
		if (!request.headers().contains(HttpHeaderNames.TRANSFER_ENCODING)) {
			return null;
		}
		// A server that does not know a coding may take the body for one of no length.
		List<String> codings = request.headers().getAll(HttpHeaderNames.TRANSFER_ENCODING);
		return (codings.size() == 1 && HttpHeaderValues.CHUNKED.contentEqualsIgnoreCase(codings.get(0))) ? null
				: "Transfer-Encoding is " + codings;
	}

	private final class Bytes extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object msg) {
			if (RequestSmugglingGuard.this.inHeaders && msg instanceof ByteBuf bytes) {
				scan(bytes);
			}
			ctx.fireChannelRead(msg);
		}

		// To the empty line only: what follows is a body, or a request sent ahead, whose
		// folded lines go out unfolded.
		private void scan(ByteBuf bytes) {
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

		private int pendingResponses;

		private boolean responding;

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
				this.pendingResponses++;
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
				this.responding = true;
				RequestSmugglingGuard.this.switching = false;
			}
			if (msg instanceof LastHttpContent) {
				this.responding = false;
				this.pendingResponses--;
			}
			var unused = ctx.write(msg, promise);
		}

		// Reactor Netty would end the body here like any other, and a backend take the
		// part for the whole. A connection that is gone ends it for what it is.
		private void breakOff(ChannelHandlerContext ctx) {
			if (this.pendingResponses == 1 && !this.responding) {
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
			String fault = framingFault(request);
			return (fault != null) ? fault : RequestTarget.normalize(request);
		}

	}

}
