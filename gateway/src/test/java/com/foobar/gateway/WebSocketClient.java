package com.foobar.gateway;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLContext;

import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A WebSocket client of the JDK that records what it receives.
 */
final class WebSocketClient implements WebSocket.Listener {

	/** The part of a raw upgrade request that follows the path. */
	static final String UPGRADE_REQUEST = String.join("\r\n", " HTTP/1.1", "Host: localhost", "Connection: Upgrade",
			"Upgrade: websocket", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==", "", "");

	static WebSocket connect(TestGateway gateway, String path, WebSocketClient listener) {
		try {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
			return HttpClient.newBuilder()
				.sslContext(context)
				.build()
				.newWebSocketBuilder()
				.connectTimeout(Duration.ofSeconds(10))
				.buildAsync(URI.create("wss://localhost:" + gateway.port() + path), listener)
				.join();
		}
		catch (GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	final AtomicReference<String> text = new AtomicReference<>("");

	final ByteBuffer binary = ByteBuffer.allocate(4_000_000);

	final CompletableFuture<String> end = new CompletableFuture<String>().orTimeout(30, TimeUnit.SECONDS);

	@Override
	public @Nullable CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
		this.text.accumulateAndGet(data.toString(), String::concat);
		socket.request(1);
		return null;
	}

	@Override
	public @Nullable CompletionStage<?> onBinary(WebSocket socket, ByteBuffer data, boolean last) {
		this.binary.put(data);
		socket.request(1);
		return null;
	}

	@Override
	public @Nullable CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
		this.end.complete(code + " " + reason);
		return null;
	}

	@Override
	public void onError(WebSocket socket, Throwable error) {
		this.end.complete("error");
	}

}
