package com.foobar.gateway.proxy;

import java.time.Duration;
import java.util.concurrent.Future;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Two connections of which each gets what comes in on the other: a WebSocket, once its
 * backend has agreed to it. Bytes pass as they are, so that extensions and close frames
 * are between client and backend alone. Each connection is read again only when the other
 * has taken what was read before, so neither side can fill the gateway's memory; and a
 * connection that ends takes the other with it, after what was still on its way.
 * <p>
 * The connections may be on different event loops: each {@link WebSocketSide} is used on
 * its own.
 */
final class WebSocketRelay {

	/** A close frame of a server with status 1001, going away. */
	private static final byte[] GOING_AWAY = { (byte) 0x88, 2, 0x03, (byte) 0xe9 };

	private final WebSocketSide client;

	private final WebSocketSide backend;

	private final long idleNanos;

	private final WebSocketFrameTracker fromBackend = new WebSocketFrameTracker();

	private volatile long lastBytes = System.nanoTime();

	/** Whether the backend's frames end here. Used on the backend's event loop. */
	private boolean leaving;

	private boolean left;

	private @Nullable Future<?> nextCheck;

	WebSocketRelay(Channel client, Channel backend, Duration idleTimeout) {
		this.client = new WebSocketSide(client, this);
		this.backend = new WebSocketSide(backend, this);
		this.idleNanos = idleTimeout.toNanos();
	}

	/**
	 * Starts. Called on the backend's event loop while it hands on the head of the
	 * backend's response, before anything that follows it.
	 */
	void open(FullHttpResponse response) {
		this.backend.channel().config().setAutoRead(false);
		this.backend.install();
		this.client.run(() -> switchClient(response));
		// What came right after the head is passed on in here.
		this.backend.removeOthers();
		watch();
	}

	private void switchClient(FullHttpResponse response) {
		if (!this.client.channel().isActive()) {
			response.release();
			end();
			return;
		}
		this.client.channel().config().setAutoRead(false);
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
				var unused = this.backend.later(WebSocketSide.PARTING, this::end);
				if (this.fromBackend.isBetweenFrames()) {
					leave();
				}
			}
		});
	}

	/**
	 * Checks now and then whether anything was received. Used on the backend's event
	 * loop.
	 */
	private void watch() {
		long left = this.idleNanos - (System.nanoTime() - this.lastBytes);
		if (left <= 0) {
			goAway();
		}
		else if (this.backend.channel().isActive()) {
			this.nextCheck = this.backend.later(Duration.ofNanos(left), this::watch);
		}
	}

	/**
	 * Passes on what one side has received.
	 * @param from that side
	 * @param bytes what it received
	 * @param onSent run when the other side has sent it
	 * @return false if it is not passed on
	 */
	boolean relay(WebSocketSide from, ByteBuf bytes, Runnable onSent) {
		this.lastBytes = System.nanoTime();
		if (from == this.client) {
			this.backend.send(bytes, onSent);
			return true;
		}
		ByteBuf passing = followed(bytes);
		if (passing == null) {
			return false;
		}
		this.client.send(passing, onSent);
		if (this.leaving && this.fromBackend.isBetweenFrames()) {
			leave();
		}
		return true;
	}

	private @Nullable ByteBuf followed(ByteBuf bytes) {
		if (!this.leaving) {
			this.fromBackend.follow(bytes);
			return bytes;
		}
		int rest = this.left ? 0 : this.fromBackend.followFrame(bytes);
		if (rest == 0) {
			bytes.release();
			return null;
		}
		return bytes.writerIndex(bytes.readerIndex() + rest);
	}

	private void leave() {
		this.left = true;
		if (!this.fromBackend.isCloseSeen()) {
			this.client.send(Unpooled.wrappedBuffer(GOING_AWAY), () -> {
			});
		}
	}

	/**
	 * One connection has ended. A check that is due in minutes would keep the relay in
	 * memory until then.
	 */
	void ended(WebSocketSide side) {
		if (side == this.backend && this.nextCheck != null) {
			this.nextCheck.cancel(false);
			this.nextCheck = null;
		}
		end();
	}

	/** Ends both connections as soon as they have sent what is on its way. */
	void end() {
		this.client.shut();
		this.backend.shut();
	}

}
