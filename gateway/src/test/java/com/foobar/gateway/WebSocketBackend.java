package com.foobar.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.http.websocket.WebsocketInbound;
import reactor.netty.http.websocket.WebsocketOutbound;

/**
 * A server of WebSockets and of endless event streams.
 */
final class WebSocketBackend implements AutoCloseable {

	private static final int FLOOD_FRAME = 16 * 1024;

	private final DisposableServer server;

	/**
	 * How each WebSocket ended here: the close frame's code and reason, or "no frame".
	 */
	final Queue<String> ends = new ConcurrentLinkedQueue<>();

	/** Bytes that {@code /flood} has written. */
	final AtomicLong flooded = new AtomicLong();

	/** Open event streams. */
	final AtomicInteger listeners = new AtomicInteger();

	/** Events written to the latest of them. */
	final AtomicLong made = new AtomicLong();

	private final Queue<Connection> connections = new ConcurrentLinkedQueue<>();

	WebSocketBackend() {
		this.server = HttpServer.create()
			.runOn(TestBackend.LOOPS)
			.host("127.0.0.1")
			.port(0)
			.childOption(ChannelOption.SO_LINGER, 0)
			.doOnConnection(this.connections::add)
			.route((routes) -> routes.get("/readyz", (request, response) -> response.sendString(Mono.just("{}")))
				.get("/refused", (request, response) -> response.status(403).sendString(Mono.just("not you")))
				.get("/headers",
						(request, response) -> response.sendString(
								Mono.just("upgrade " + request.requestHeaders().get(HttpHeaderNames.UPGRADE, "none"))))
				.get("/events", this::events)
				.ws("/echo",
						(in, out) -> out.sendObject(observed(in).map(WebSocketFrame::retain))
							.then(Mono.defer(() -> out.sendClose(1000))))
				.ws("/greet", (in, out) -> out.sendString(Mono.just("hello")).then(observed(in).then()))
				.ws("/leave", (in, out) -> out.sendString(Mono.just("hello")).then(out.sendClose(4001, "enough")))
				.ws("/flood", this::flood)
				.ws("/crash", (in, out) -> {
					crashSoon(in);
					return observed(in).then();
				})
				.ws("/greet-and-crash", (in, out) -> {
					crashSoon(in);
					return out.sendString(Mono.just("hello")).then(observed(in).then());
				})
				.ws("/end", (in, out) -> {
					in.withConnection((connection) -> {
						var unused = connection.channel()
							.eventLoop()
							.schedule(connection::dispose, 100, TimeUnit.MILLISECONDS);
					});
					return observed(in).then();
				}))
			.bindNow();
	}

	private Flux<WebSocketFrame> observed(WebsocketInbound in) {
		in.receiveCloseStatus()
			.map((status) -> (status.code() == 1006) ? "no frame" : status.code() + " " + status.reasonText())
			.defaultIfEmpty("no frame")
			.onErrorReturn("no frame")
			.subscribe(this.ends::add);
		return in.receiveFrames();
	}

	// Closes the socket without a close frame; with a linger time of zero, that is a
	// reset.
	private static void crashSoon(WebsocketInbound in) {
		in.withConnection((connection) -> {
			var unused = connection.channel().eventLoop().schedule(() -> crash(connection), 100, TimeUnit.MILLISECONDS);
		});
	}

	private static void crash(Connection connection) {
		var unused = connection.channel().pipeline().firstContext().close();
	}

	private Publisher<Void> flood(WebsocketInbound in, WebsocketOutbound out) {
		return out.sendObject(Flux.<WebSocketFrame>generate((sink) -> {
			this.flooded.addAndGet(FLOOD_FRAME);
			sink.next(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(new byte[FLOOD_FRAME])));
		}));
	}

	// One event immediately, then one after each pause.
	private Publisher<Void> events(HttpServerRequest request, HttpServerResponse response) {
		this.listeners.incrementAndGet();
		return response.sse()
			.send(Flux.interval(Duration.ZERO, Duration.ofMillis(1500))
				.doOnNext((i) -> this.made.set(i + 1))
				.map((i) -> Unpooled.copiedBuffer("data: " + i + "\n\n", StandardCharsets.UTF_8))
				.doFinally((end) -> this.listeners.decrementAndGet()), (part) -> true);
	}

	String url() {
		return "http://127.0.0.1:" + this.server.port();
	}

	@Override
	public void close() {
		this.server.channel().close().syncUninterruptibly();
		this.connections.forEach(Connection::dispose);
		this.server.disposeNow();
	}

}
