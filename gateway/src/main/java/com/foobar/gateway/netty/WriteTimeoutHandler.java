package com.foobar.gateway.netty;

import java.time.Duration;
import java.util.function.LongSupplier;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufHolder;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http2.Http2StreamChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.NettyPipeline;

/**
 * Closes connections, and HTTP/2 streams, whose client does not read the response: within
 * the timeout, no part of it could be written to the network in full. A part is what one
 * read from the backend returned, at most 64 KB. Such a client would hold a connection to
 * a backend and a place among the concurrent requests. Also counts the bytes written.
 * <p>
 * A client that reads its response at once costs no timer. One instance for each
 * connection or stream, used on its event loop.
 */
public final class WriteTimeoutHandler extends TimeoutHandler implements LongSupplier {

	private static final String NAME = "writeTimeout";

	private static final Logger logger = LoggerFactory.getLogger(WriteTimeoutHandler.class);

	private final ChannelFutureListener onTaken = (sent) -> taken();

	private final long nanos;

	private long bytes;

	private long written;

	private long taken;

	private WriteTimeoutHandler(Duration timeout) {
		this.nanos = timeout.toNanos();
	}

	/**
	 * Adds the handler to an HTTP/1.1 connection.
	 * @param pipeline its pipeline
	 * @param timeout time for a client to read a part of a response
	 */
	static void install(ChannelPipeline pipeline, Duration timeout) {
		pipeline.addAfter(NettyPipeline.HttpCodec, NAME, new WriteTimeoutHandler(timeout));
	}

	/**
	 * Adds the handler to an HTTP/2 stream, which has a flow-control window of its own.
	 * @param stream the stream
	 * @param timeout time for a client to read a part of a response
	 */
	static void install(Http2StreamChannel stream, Duration timeout) {
		stream.pipeline().addAfter(NettyPipeline.H2ToHttp11Codec, NAME, new WriteTimeoutHandler(timeout));
	}

	@Override
	protected void expire(ChannelHandlerContext ctx) {
		logger.debug("Closing {}: the client does not read the response", ctx.channel());
		var unused = ctx.close();
	}

	/**
	 * Counts the bytes of the last response's body.
	 * @param channel connection, or HTTP/2 stream, of the response
	 */
	public static LongSupplier bytesWritten(Channel channel) {
		WriteTimeoutHandler handler = channel.pipeline().get(WriteTimeoutHandler.class);
		return (handler != null) ? handler : () -> 0;
	}

	@Override
	public long getAsLong() {
		return this.bytes;
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
		this.written++;
		var unused = ctx.write(msg, promise.unvoid().addListener(this.onTaken));
	}

	@Override
	public void flush(ChannelHandlerContext ctx) {
		ctx.flush();
		if (this.taken < this.written && !hasDeadline()) {
			setDeadline(this.nanos);
		}
	}

	private void taken() {
		this.taken++;
		if (!hasDeadline()) {
			return;
		}
		if (this.taken == this.written) {
			cancelDeadline();
		}
		else {
			setDeadline(this.nanos);
		}
	}

}
