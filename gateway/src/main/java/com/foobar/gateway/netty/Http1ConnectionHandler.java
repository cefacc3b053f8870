package com.foobar.gateway.netty;

import java.util.ArrayList;
import java.util.List;

import com.foobar.gateway.http.WebSocketHandshake;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.NettyPipeline;

/**
 * Follows the requests and responses of an HTTP/1 connection. Besides the timeouts of
 * each request:
 * <ul>
 * <li>Closes the connection if the next request does not start in time, or its headers
 * are not complete in time. Netty's own timeouts measure the gaps between bytes, which a
 * client that sends one byte now and then evades.
 * <li>Rejects what the {@link RequestSmugglingGuard} finds, like requests that the codec
 * could not decode: with 400, after the responses to earlier requests, and the connection
 * is closed. Anything that follows on the connection is discarded.
 * <li>Closes the connection after the response to the request that asks for it, and not
 * before (RFC 9112, section 9.6). Reactor Netty ends the connection with the next
 * response that it writes once it has read such a request: pipelined requests before it
 * would get no response. So such a request is passed on as one that does not ask for it,
 * and its response is marked here.
 * </ul>
 * Stands next to the codec, with a second handler before it for the bytes.
 */
final class Http1ConnectionHandler extends ClientTimeoutHandler {

	private static final Logger logger = LoggerFactory.getLogger(Http1ConnectionHandler.class);

	private final ChannelFutureListener onResponseSent = (sent) -> awaitRequest();

	private final RequestSmugglingGuard guard = new RequestSmugglingGuard();

	private final Deadline headerDeadline = new Deadline();

	private final EarlyRejections rejections;

	private final long idleNanos;

	private final long headerNanos;

	/** Whether the next byte belongs to the headers of a request. */
	private boolean inHeaders = true;

	/** Whether some of the headers have arrived. */
	private boolean begun;

	/** Whether the current read completed a request, so that nothing more is due. */
	private boolean complete;

	/** Whether the final response to a request has started. */
	private boolean responding;

	/** Whether the last request is a WebSocket handshake whose response is pending. */
	private boolean switching;

	/** Whether the connection is closed after the response to the last request. */
	private boolean closing;

	/** Whether nothing more is read from this connection. */
	private boolean discarding;

	private Http1ConnectionHandler(LimitsProperties limits, EarlyRejections rejections) {
		super(limits);
		this.rejections = rejections;
		this.idleNanos = limits.idleTimeout().toNanos();
		this.headerNanos = limits.headerTimeout().toNanos();
	}

	/** Adds the handlers to the pipeline of a new connection. */
	static void install(ChannelPipeline pipeline, LimitsProperties limits, EarlyRejections rejections) {
		Http1ConnectionHandler handler = new Http1ConnectionHandler(limits, rejections);
		pipeline.addBefore(NettyPipeline.HttpCodec, "connection.bytes", handler.new Bytes());
		pipeline.addAfter(NettyPipeline.HttpCodec, "connection", handler);
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		super.handlerAdded(ctx);
		this.headerDeadline.open(ctx.executor(), () -> {
			logger.debug("Closing {}: no {} in time", ctx.channel(),
					this.begun ? "complete request headers" : "request");
			var unused = ctx.close();
		});
		awaitRequest();
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		super.handlerRemoved(ctx);
		this.headerDeadline.close();
	}

	private void awaitRequest() {
		if (pendingResponses() == 0 && this.inHeaders && !this.begun) {
			this.headerDeadline.set(this.idleNanos);
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (this.discarding) {
			ReferenceCountUtil.release(msg);
			return;
		}
		if (msg instanceof HttpRequest request) {
			if (this.switching) {
				// What comes now would be in the one protocol or in the other, as the
				// backend decides: nobody may send it yet.
				this.discarding = true;
				ReferenceCountUtil.release(msg);
				var unused = ctx.close();
				return;
			}
			headersRead(request);
		}
		if (msg instanceof LastHttpContent last) {
			// What cannot be read from its first line on is request and end in one.
			if (last.decoderResult().isFailure() && !(msg instanceof HttpRequest)) {
				this.discarding = true;
				last.release();
				rejectIncomplete(ctx);
				return;
			}
			this.discarding |= this.closing;
			this.inHeaders = true;
			this.complete = true;
			this.guard.requestEnded();
		}
		super.channelRead(ctx, msg);
		if (msg instanceof LastHttpContent) {
			awaitRequest();
		}
	}

	private void headersRead(HttpRequest request) {
		this.inHeaders = false;
		this.begun = false;
		this.headerDeadline.cancel();
		if (pendingResponses() > 0 && !HttpUtil.isKeepAlive(request)) {
			keepAlive(request);
			this.closing = true;
		}
		this.switching = WebSocketHandshake.isOne(request.protocolVersion(), request.method(), request.headers());
		String fault = this.guard.fault(request);
		if (fault != null) {
			this.discarding = true;
			request.setDecoderResult(DecoderResult.failure(new IllegalArgumentException(fault)));
		}
	}

	// Other options of Connection stay: they must not reach a backend.
	private static void keepAlive(HttpRequest request) {
		HttpHeaders headers = request.headers();
		List<String> options = new ArrayList<>();
		for (String value : headers.getAll(HttpHeaderNames.CONNECTION)) {
			for (String option : value.split(",", -1)) {
				if (!option.strip().equalsIgnoreCase("close")) {
					options.add(option.strip());
				}
			}
		}
		if (!request.protocolVersion().equals(HttpVersion.HTTP_1_1)) {
			options.add(HttpHeaderValues.KEEP_ALIVE.toString());
		}
		if (options.isEmpty()) {
			headers.remove(HttpHeaderNames.CONNECTION);
		}
		else {
			headers.set(HttpHeaderNames.CONNECTION, options);
		}
	}

	// Reactor Netty would end the body here like any other, and a backend take the part
	// for the whole. A connection that is gone ends it for what it is.
	private void rejectIncomplete(ChannelHandlerContext ctx) {
		if (pendingResponses() == 1 && !this.responding) {
			FullHttpResponse refusal = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
					HttpResponseStatus.BAD_REQUEST);
			refusal.headers()
				.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE)
				.setInt(HttpHeaderNames.CONTENT_LENGTH, 0);
			write(ctx, refusal, ctx.newPromise().addListener(ChannelFutureListener.CLOSE));
			flush(ctx);
		}
		else {
			var unused = ctx.close();
		}
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		boolean last = this.closing && pendingResponses() == 1;
		Object out = msg;
		if (msg instanceof HttpResponse response && response.status().code() >= 200) {
			HttpResponse checked = this.rejections.withProblem(ctx, response);
			if (last) {
				checked.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
			}
			this.responding = true;
			this.switching = false;
			out = checked;
		}
		ChannelPromise sent = promise;
		if (isResponseEnd(msg)) {
			this.responding = false;
			sent = promise.unvoid().addListener(this.onResponseSent);
			if (last) {
				sent.addListener(ChannelFutureListener.CLOSE);
			}
		}
		super.write(ctx, out, sent);
	}

	private final class Bytes extends ChannelInboundHandlerAdapter {

		@Override
		public void channelRead(ChannelHandlerContext ctx, Object msg) {
			Http1ConnectionHandler connection = Http1ConnectionHandler.this;
			if (connection.inHeaders && msg instanceof ByteBuf bytes) {
				connection.guard.scan(bytes);
			}
			connection.complete = false;
			// The codec is called in here, and what it finds is handled at once.
			ctx.fireChannelRead(msg);
			if (connection.inHeaders && !connection.complete && !connection.begun) {
				connection.begun = true;
				connection.headerDeadline.set(connection.headerNanos);
			}
		}

	}

}
