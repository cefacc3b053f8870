package com.foobar.gateway.proxy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.netty.NettyPipeline;

/**
 * Two connections of which each gets what comes in on the other: a WebSocket, once its
 * backend has agreed to it. Bytes pass as they are, so that extensions and close frames
 * are between client and backend alone. Each connection is read again only when the other
 * has taken what was read before, so neither side can fill the gateway's memory; and a
 * connection that ends takes the other with it, after what was still on its way.
 * <p>
 * The connections may be on different event loops: each {@link Side} is used on its own.
 */
final class WebSocketRelay {

	private static final Logger logger = LoggerFactory.getLogger(WebSocketRelay.class);

	/** How long an end waits for the other side to take part in it. */
	private static final Duration PARTING = Duration.ofSeconds(5);

	/** A close frame of a server with status 1001, going away. */
	private static final byte[] GOING_AWAY = { (byte) 0x88, 2, 0x03, (byte) 0xe9 };

	private static final String NAME = "webSocketRelay";

	private final Side client;

	private final Side backend;

	private final long idleNanos;

	private final WebSocketFrameTracker fromBackend = new WebSocketFrameTracker();

	private volatile long lastBytes = System.nanoTime();

	/** Whether the backend's frames end here. Used on the backend's event loop. */
	private boolean leaving;

	private boolean left;

	WebSocketRelay(Channel client, Channel backend, Duration idleTimeout) {
		this.client = new Side(client);
		this.backend = new Side(backend);
		this.idleNanos = idleTimeout.toNanos();
	}

	/**
	 * Starts. Called on the backend's event loop while it hands on the head of the
	 * backend's response, before anything that follows it.
	 * @param response the response to the client
	 */
	void open(FullHttpResponse response) {
		this.backend.channel.config().setAutoRead(false);
		this.backend.install();
		this.client.run(() -> switchClient(response));
		// What came right after the head is passed on in here.
		this.backend.removeOthers();
		this.backend.watch();
	}

	private void switchClient(FullHttpResponse response) {
		if (!this.client.channel.isActive()) {
			response.release();
			end();
			return;
		}
		this.client.channel.config().setAutoRead(false);
		ChannelHandlerContext ctx = this.client.install();
		ctx.writeAndFlush(response).addListener((sent) -> {
			if (sent.isSuccess()) {
				this.client.run(ctx::read);
				this.backend.readOn();
			}
			else {
				end();
			}
		});
		this.client.removeOthers();
	}

	/**
	 * Sends the client a close frame (1001, going away) between two frames. What it still
	 * sends reaches the backend, its close frame at last; what the backend still sends is
	 * lost, as a client takes nothing after a close frame.
	 */
	void goAway() {
		this.backend.run(() -> {
			if (!this.leaving) {
				this.leaving = true;
				this.backend.endSoon(this::end);
				if (this.fromBackend.isBetweenFrames()) {
					leave();
				}
			}
		});
	}

	private void leave() {
		this.left = true;
		if (!this.fromBackend.isCloseSeen()) {
			this.client.take(Unpooled.wrappedBuffer(GOING_AWAY), null);
		}
	}

	/** Ends both connections as soon as they have sent what is on its way. */
	void end() {
		this.client.shut();
		this.backend.shut();
	}

	/**
	 * One of the two connections.
	 */
	private final class Side extends ChannelDuplexHandler {

		private final Channel channel;

		private @Nullable ChannelHandlerContext ctx;

		/** Parts that were read here and that the other side has not taken. */
		private int underWay;

		private boolean closing;

		private @Nullable ScheduledFuture<?> nextCheck;

		Side(Channel channel) {
			this.channel = channel;
		}

		private Side other() {
			return (this == WebSocketRelay.this.client) ? WebSocketRelay.this.backend : WebSocketRelay.this.client;
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

		void run(Runnable task) {
			if (this.channel.eventLoop().inEventLoop()) {
				task.run();
			}
			else {
				this.channel.eventLoop().execute(task);
			}
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
			WebSocketRelay.this.lastBytes = System.nanoTime();
			ByteBuf passing = (this == WebSocketRelay.this.backend) ? followed(bytes) : bytes;
			if (passing == null) {
				context.read();
				return;
			}
			this.underWay++;
			other().take(passing, this);
			if (this == WebSocketRelay.this.backend && WebSocketRelay.this.leaving
					&& WebSocketRelay.this.fromBackend.isBetweenFrames()) {
				leave();
			}
		}

		private @Nullable ByteBuf followed(ByteBuf bytes) {
			WebSocketRelay relay = WebSocketRelay.this;
			if (!relay.leaving) {
				relay.fromBackend.follow(bytes);
				return bytes;
			}
			int rest = relay.left ? 0 : relay.fromBackend.followFrame(bytes);
			if (rest == 0) {
				bytes.release();
				return null;
			}
			return bytes.writerIndex(bytes.readerIndex() + rest);
		}

		/**
		 * Sends what was read on the other side.
		 * @param bytes what to send
		 * @param from who is told when it is sent; null for nobody
		 */
		void take(ByteBuf bytes, @Nullable Side from) {
			run(() -> {
				if (this.ctx == null) {
					bytes.release();
					return;
				}
				this.ctx.writeAndFlush(bytes).addListener((sent) -> {
					if (from != null && sent.isSuccess()) {
						from.taken();
					}
				});
			});
		}

		private void taken() {
			run(() -> {
				this.underWay--;
				if (this.underWay == 0) {
					readOn();
				}
			});
		}

		// A check that is due in minutes would keep the relay in memory until then.
		@Override
		public void channelInactive(ChannelHandlerContext context) {
			if (this.nextCheck != null) {
				this.nextCheck.cancel(false);
				this.nextCheck = null;
			}
			WebSocketRelay.this.end();
			context.fireChannelInactive();
		}

		@Override
		public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
			logger.debug("A WebSocket's connection {} broke", this.channel, cause);
			WebSocketRelay.this.end();
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
				endSoon(() -> closeNow(context, context.newPromise()));
			}
		}

		private void closeNow(ChannelHandlerContext context, ChannelPromise promise) {
			var unused = context.close(promise);
		}

		private void endSoon(Runnable end) {
			var unused = this.channel.eventLoop().schedule(end, PARTING.toNanos(), TimeUnit.NANOSECONDS);
		}

		/** Checks now and then whether anything was received. */
		void watch() {
			long left = WebSocketRelay.this.idleNanos - (System.nanoTime() - WebSocketRelay.this.lastBytes);
			if (left <= 0) {
				goAway();
			}
			else if (this.channel.isActive()) {
				this.nextCheck = this.channel.eventLoop().schedule(this::watch, left, TimeUnit.NANOSECONDS);
			}
		}

	}

}
