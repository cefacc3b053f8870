package com.foobar.gateway.shutdown;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.channel.Channel;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.util.concurrent.GlobalEventExecutor;

/**
 * The clients' connections, for the end of all of them. Those of HTTP/2 know no
 * {@code Connection: close}: before a stop, each is told by itself that it ends.
 * <p>
 * Thread-safe.
 */
public final class OpenConnections {

	private final ChannelGroup all = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

	/** Those of HTTP/2 whose clients do not know yet that they end. */
	private final Set<Channel> unaware = ConcurrentHashMap.newKeySet();

	private volatile boolean draining;

	/** Whether responses must end their connections. */
	public boolean isDraining() {
		return this.draining;
	}

	void setDraining(boolean draining) {
		this.draining = draining;
	}

	public void add(Channel connection) {
		this.all.add(connection);
	}

	public void addHttp2(Channel connection) {
		this.all.add(connection);
		this.unaware.add(connection);
		connection.closeFuture().addListener((closed) -> this.unaware.remove(connection));
	}

	/** Announces the end of all connections (GOAWAY). */
	public void announceEnd() {
		this.unaware.forEach(this::announceEnd);
	}

	/** Announces the end of a connection (GOAWAY), once. */
	public void announceEnd(Channel connection) {
		if (this.unaware.remove(connection)) {
			// With the largest number a stream can have: what the client sends before it
			// has heard of it is still served (RFC 9113, section 6.8).
			var unused = connection
				.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR).setExtraStreamIds(Integer.MAX_VALUE));
		}
	}

	/** Closes what is left. */
	public void close() {
		var unused = this.all.close();
	}

}
