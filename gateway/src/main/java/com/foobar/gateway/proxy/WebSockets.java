package com.foobar.gateway.proxy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
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
 * The WebSockets that pass through (RFC 6455). No other protocol can be switched to: what
 * a backend would then be asked is not for the gateway to see, and with HTTP/2 it would
 * be requests.
 * <p>
 * When the gateway stops, their clients are told to go elsewhere.
 * <p>
 * Thread-safe.
 */
final class WebSockets implements SmartLifecycle {

	// From the protocol's definition: whoever answers with its digest has understood.
	private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

	private final Set<WebSocketRelay> open = ConcurrentHashMap.newKeySet();

	private final Duration idleTimeout;

	private volatile boolean running = true;

	WebSockets(Duration idleTimeout) {
		this.idleTimeout = idleTimeout;
	}

	/**
	 * Adds what stays behind with all other headers that are for one connection only.
	 * @param headers of the request to a backend, or of the answer to a client
	 */
	static void switchOver(HttpHeaders headers) {
		headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE);
		headers.set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
	}

	/**
	 * Whether a backend that says that it switches protocols means this one.
	 * @param asked headers of the request
	 * @param answered headers of its answer
	 */
	static boolean isAgreed(HttpHeaders asked, HttpHeaders answered) {
		String key = asked.get(HttpHeaderNames.SEC_WEBSOCKET_KEY, "");
		return HttpHeaderValues.WEBSOCKET.contentEqualsIgnoreCase(answered.get(HttpHeaderNames.UPGRADE, ""))
				&& digest(key).equals(answered.get(HttpHeaderNames.SEC_WEBSOCKET_ACCEPT));
	}

	/**
	 * Connects the client's connection with the backend's.
	 * @param response has the headers that the client is to get
	 * @param toBackend its connection, on which the head of its answer has just come in
	 * @return ends with the connections
	 */
	Mono<Void> connect(HttpServerResponse response, Connection toBackend) {
		return Mono.create((sink) -> {
			Channel[] client = new Channel[1];
			response.withConnection((connection) -> client[0] = connection.channel());
			WebSocketRelay tunnel = new WebSocketRelay(client[0], toBackend.channel(), this.idleTimeout);
			this.open.add(tunnel);
			// Reactor Netty cancels a request whose client's connection has ended.
			sink.onDispose(() -> {
				this.open.remove(tunnel);
				tunnel.end();
			});
			tunnel.open(head(response));
			if (!this.running) {
				tunnel.goAway();
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
