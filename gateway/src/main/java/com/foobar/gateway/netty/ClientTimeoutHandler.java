package com.foobar.gateway.netty;

import java.util.function.LongSupplier;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.timeout.ReadTimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.NettyPipeline;

/**
 * Closes HTTP/2 streams, and as {@link Http1ConnectionHandler} HTTP/1 connections, whose
 * client is too slow:
 * <ul>
 * <li>No part of a request's body arrives within the idle timeout, or not the whole body
 * within the body timeout. The idle timeout does not count while the gateway itself does
 * not read.
 * <li>The client does not read the response: within the send timeout, no part of it could
 * be written to the network in full. A part is what one read from the backend returned,
 * at most 64 KB. Such a client would hold a connection to a backend and a place among the
 * concurrent requests.
 * </ul>
 * Reactor Netty's {@code readTimeout} and {@code requestTimeout} add a handler and start
 * two timers for each request, even if it has no body, and keep the request in memory
 * until the second one fires if the response was complete before the request was. Here a
 * client that is not slow costs no timer.
 * <p>
 * Also counts the bytes written. One instance for each connection or stream, used on its
 * event loop.
 */
public class ClientTimeoutHandler extends ChannelDuplexHandler implements LongSupplier {

	private static final Logger logger = LoggerFactory.getLogger(ClientTimeoutHandler.class);

	private final ChannelFutureListener onTaken = (sent) -> taken();

	private final Deadline bodyDeadline = new Deadline();

	private final Deadline sendDeadline = new Deadline();

	private final long bodyIdleNanos;

	private final long bodyNanos;

	private final long sendNanos;

	/** Requests whose responses are not complete. */
	private int pendingResponses;

	private boolean inBody;

	/** Whether the body did not arrive with the headers, so that it is awaited. */
	private boolean awaited;

	/** When the whole body must have arrived. */
	private long bodyEnd;

	/** Whether the next part was requested. */
	private boolean requested;

	/** Whether Netty requested it, as it does while auto-read is on. */
	private boolean requestedByNetty;

	/** Of the last response's body. */
	private long bytes;

	private long written;

	private long taken;

	ClientTimeoutHandler(LimitsProperties limits) {
		this.bodyIdleNanos = limits.bodyIdleTimeout().toNanos();
		this.bodyNanos = limits.bodyTimeout().toNanos();
		this.sendNanos = limits.sendTimeout().toNanos();
	}

	/**
	 * Adds the handler to an HTTP/2 stream, which has a flow-control window of its own.
	 */
	static void install(Http2StreamChannel stream, LimitsProperties limits) {
		ClientTimeoutHandler handler = new ClientTimeoutHandler(limits);
		// The headers of its only request have been read.
		handler.pendingResponses = 1;
		handler.inBody = stream.stream().state().remoteSideOpen();
		stream.pipeline().addAfter(NettyPipeline.H2ToHttp11Codec, "timeouts", handler);
	}

	/** Counts the bytes of the last response's body on a connection or stream. */
	public static LongSupplier bytesWritten(Channel channel) {
		ClientTimeoutHandler handler = channel.pipeline().get(ClientTimeoutHandler.class);
		return (handler != null) ? handler : () -> 0;
	}

	@Override
	public long getAsLong() {
		return this.bytes;
	}

	int pendingResponses() {
		return this.pendingResponses;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		this.bodyDeadline.open(ctx.executor(), () -> bodyDue(ctx));
		this.sendDeadline.open(ctx.executor(), () -> {
			logger.debug("Closing {}: the client does not read the response", ctx.channel());
			var unused = ctx.close();
		});
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		this.bodyDeadline.close();
		this.sendDeadline.close();
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object msg) {
		if (msg instanceof HttpRequest) {
			this.pendingResponses++;
			this.inBody = true;
		}
		if (msg instanceof HttpContent) {
			this.requested = false;
		}
		if (msg instanceof LastHttpContent) {
			this.inBody = false;
			this.awaited = false;
			this.bodyDeadline.cancel();
		}
		ctx.fireChannelRead(msg);
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		ctx.fireChannelReadComplete();
		if (this.inBody && !this.awaited) {
			this.awaited = true;
			this.bodyEnd = System.nanoTime() + this.bodyNanos;
			awaitBody();
		}
	}

	@Override
	public void read(ChannelHandlerContext ctx) {
		this.requestedByNetty = ctx.channel().config().isAutoRead();
		if (!this.requested) {
			this.requested = true;
			if (this.awaited) {
				awaitBody();
			}
		}
		ctx.read();
	}

	private void awaitBody() {
		long left = this.bodyEnd - System.nanoTime();
		this.bodyDeadline.set(this.requested ? Math.min(left, this.bodyIdleNanos) : left);
	}

	private void bodyDue(ChannelHandlerContext ctx) {
		if (this.requestedByNetty && !ctx.channel().config().isAutoRead()) {
			this.requested = false;
		}
		if (!this.requested && this.bodyEnd - System.nanoTime() > 0) {
			awaitBody();
			return;
		}
		logger.debug("Closing {}: the request's body timed out", ctx.channel());
		if (this.pendingResponses > 0) {
			ctx.fireExceptionCaught(ReadTimeoutException.INSTANCE);
		}
		var unused = ctx.close();
	}

	@Override
	public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
		if (msg instanceof HttpResponse) {
			this.bytes = 0;
		}
		if (msg instanceof ByteBufHolder part) {
			this.bytes += part.content().readableBytes();
		}
		else if (msg instanceof ByteBuf part) {
			this.bytes += part.readableBytes();
		}
		if (isResponseEnd(msg)) {
			this.pendingResponses--;
		}
		this.written++;
		var unused = ctx.write(msg, promise.unvoid().addListener(this.onTaken));
	}

	/** A {@code 100 Continue} is not the end of a response: the final one follows. */
	static boolean isResponseEnd(Object msg) {
		return msg instanceof LastHttpContent && !(msg instanceof HttpResponse response
				&& response.status().codeClass() == HttpStatusClass.INFORMATIONAL);
	}

	@Override
	public void flush(ChannelHandlerContext ctx) {
		ctx.flush();
		if (this.taken < this.written && !this.sendDeadline.isSet()) {
			this.sendDeadline.set(this.sendNanos);
		}
	}

	private void taken() {
		this.taken++;
		if (!this.sendDeadline.isSet()) {
			return;
		}
		if (this.taken == this.written) {
			this.sendDeadline.cancel();
		}
		else {
			this.sendDeadline.set(this.sendNanos);
		}
	}

}
