package com.foobar.gateway.proxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.NettyPipeline;

/**
 * One of the two connections of a {@link WebSocketRelay}. Used on its event loop, unless
 * stated otherwise.
 */
final class WebSocketSide extends ChannelDuplexHandler {

	/** How long an end waits for the other side to take part in it. */
	static final Duration PARTING = Duration.ofSeconds(5);

	private static final Logger logger = LoggerFactory.getLogger(WebSocketSide.class);

	private static final String NAME = "webSocketRelay";

	private final Runnable onSent = this::taken;

	private final Channel channel;

	private final WebSocketRelay relay;

	private @Nullable ChannelHandlerContext ctx;

	/** Parts that were read here and that the other side has not sent. */
	private int underWay;

	private boolean closing;

	WebSocketSide(Channel channel, WebSocketRelay relay) {
		this.channel = channel;
		this.relay = relay;
	}

	Channel channel() {
		return this.channel;
	}

	ChannelHandlerContext install() {
		this.channel.pipeline().addAfter(NettyPipeline.HttpCodec, NAME, this);
		return this.channel.pipeline().context(NAME);
	}

	// Leaves TLS below, and above what tells Reactor Netty of the connection's end.
	void removeOthers() {
		ChannelPipeline pipeline = this.channel.pipeline();
		List<ChannelHandler> others = new ArrayList<>();
		for (String name : pipeline.names()) {
			ChannelHandler handler = pipeline.get(name);
			if (handler != null && handler != this && !(handler instanceof SslHandler)
					&& !name.equals(NettyPipeline.ReactiveBridge)) {
				others.add(handler);
			}
		}
		others.forEach(pipeline::remove);
	}

	/** Runs a task on the event loop. May be called on any thread, as the next four. */
	void run(Runnable task) {
		if (this.channel.eventLoop().inEventLoop()) {
			task.run();
		}
		else {
			this.channel.eventLoop().execute(task);
		}
	}

	Future<?> later(Duration delay, Runnable task) {
		return this.channel.eventLoop().schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
	}

	void shut() {
		run(() -> {
			var unused = this.channel.close();
		});
	}

	void readOn() {
		run(() -> {
			if (this.ctx != null) {
				this.ctx.read();
			}
		});
	}

	/**
	 * Sends bytes here.
	 * @param bytes what to send
	 * @param onSent run when they are sent
	 */
	void send(ByteBuf bytes, Runnable onSent) {
		run(() -> {
			if (this.ctx == null) {
				bytes.release();
				return;
			}
			this.ctx.writeAndFlush(bytes).addListener((sent) -> {
				if (sent.isSuccess()) {
					onSent.run();
				}
			});
		});
	}

	@Override
	public void handlerAdded(ChannelHandlerContext added) {
		this.ctx = added;
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object msg) {
		// The end of the HTTP message that switched protocols is none of theirs.
		if (!(msg instanceof ByteBuf bytes)) {
			ReferenceCountUtil.release(msg);
			return;
		}
		this.underWay++;
		if (!this.relay.relay(this, bytes, this.onSent)) {
			this.underWay--;
			context.read();
		}
	}

	private void taken() {
		run(() -> {
			this.underWay--;
			if (this.underWay == 0) {
				readOn();
			}
		});
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		this.relay.ended(this);
		context.fireChannelInactive();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		logger.debug("A WebSocket's connection {} broke", this.channel, cause);
		this.relay.end();
	}

	// However the end comes about, it comes after what was sent before.
	@Override
	public void close(ChannelHandlerContext context, ChannelPromise promise) {
		if (this.closing) {
			var unused = context.close(promise);
			return;
		}
		this.closing = true;
		context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((sent) -> closeNow(context, promise));
		if (!promise.isDone()) {
			var unused = later(PARTING, () -> closeNow(context, context.newPromise()));
		}
	}

	private static void closeNow(ChannelHandlerContext context, ChannelPromise promise) {
		var unused = context.close(promise);
	}

}
