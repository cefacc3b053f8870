package com.foobar.gateway.proxy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.context.SmartLifecycle;

/**
 * The open WebSockets (RFC 6455). Switching to other protocols is not supported: the
 * gateway could not see what a backend is sent, and with HTTP/2 that would be requests.
 * <p>
 * When the gateway stops, their clients are sent a close frame (1001, going away).
 * <p>
 * Thread-safe.
 */
final class WebSockets implements SmartLifecycle {

	// From RFC 6455: a server that understands the handshake returns its digest.
	private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	private final Set<WebSocketRelay> open = ConcurrentHashMap.newKeySet();

	private final Duration idleTimeout;

	private volatile boolean running = true;

	WebSockets(Duration idleTimeout) {
		this.idleTimeout = idleTimeout;
	}

	/** Adds the hop-by-hop headers of the handshake. */
	static void switchOver(HttpHeaders headers) {
		headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
		headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
	}

	/** Whether a backend that says that it switches protocols means this one. */
	static boolean isAgreed(HttpHeaders request, HttpHeaders response) {
		String key = request.get(HttpHeaderNames.SEC_WEBSOCKET_KEY, "");
		return HttpHeaderValues.WEBSOCKET.contentEqualsIgnoreCase(response.get(HttpHeaderNames.UPGRADE, ""))
				&& digest(key).equals(response.get(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT));
	}

	/** Connects the client's connection with the backend's; ends with them. */
	Mono<Void> connect(HttpServerResponse response, Connection toBackend) {
		return Mono.create((sink) -> {
			WebSocketRelay relay = new WebSocketRelay(((Connection) response).channel(), toBackend.channel(),
					this.idleTimeout);
			this.open.add(relay);
			// Reactor Netty cancels a request whose client's connection has ended.
			sink.onDispose(() -> {
				this.open.remove(relay);
				relay.end();
			});
			relay.open(head(response));
			if (!this.running) {
				relay.goAway();
			}
		});
	}

	private static FullHttpResponse head(HttpServerResponse response) {
		FullHttpResponse head = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1,
				HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
		head.headers().set(response.responseHeaders()).remove(HttpHeaderNames.TRANSFER_ENCODING);
		switchOver(head.headers());
		return head;
	}

	private static String digest(String key) {
		try {
			byte[] text = (key + MAGIC).getBytes(StandardCharsets.ISO_8859_1);
			return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1").digest(text));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every Java platform has SHA-1", ex);
		}
	}

	/** How many there are. */
	int count() {
		return this.open.size();
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
		this.open.forEach(WebSocketRelay::goAway);
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	// After the announcement of the stop, before the web server waits for what is under
	// way.
	@Override
	public int getPhase() {
		return Integer.MAX_VALUE - 1;
	}

}
