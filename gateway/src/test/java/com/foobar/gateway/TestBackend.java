package com.foobar.gateway;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableChannel;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * A real HTTP server that misbehaves on demand. {@link #respond} maps paths to behaviour.
 */
final class TestBackend implements AutoCloseable {

	static final String READY = "{\"status\":\"UP\"}";

	static final String READ_ONLY = "{\"status\":\"UP\",\"components\":{\"database\":{\"details\":{\"reads\":true,\"writes\":false}}}}";

	/** Not the shared ones, which end with a gateway in the same JVM. */
	static final LoopResources LOOPS = LoopResources.create("test", 2, true);

	private final String name;

	private final Map<String, AtomicInteger> received = new ConcurrentHashMap<>();

	private volatile int readyStatus = 200;

	private volatile String readyBody = READY;

	private volatile boolean failing;

	private volatile boolean silent;

	private volatile int port;

	private volatile DisposableServer server;

	private volatile ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

	TestBackend(String name) {
		this.name = name;
		this.server = bind();
		this.port = this.server.port();
	}

	private DisposableServer bind() {
		this.connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
		return HttpServer.create()
			.runOn(LOOPS)
			.host("127.0.0.1")
			.port(this.port)
			.option(ChannelOption.SO_REUSEADDR, true)
			.childOption(ChannelOption.SO_LINGER, 0)
			.idleTimeout(Duration.ofSeconds(75))
			.doOnConnection((connection) -> this.connections.add(connection.channel()))
			.handle(this::respond)
			.bindNow();
	}

	private Publisher<Void> respond(HttpServerRequest request, HttpServerResponse response) {
		String path = request.uri().contains("?") ? request.uri().substring(0, request.uri().indexOf('?'))
				: request.uri();
		if (path.equals("/readyz")) {
			return this.silent ? Mono.never() : response.status(this.readyStatus).sendString(Mono.just(this.readyBody));
		}
		this.received.computeIfAbsent(path, (key) -> new AtomicInteger()).incrementAndGet();
		response.header("X-Backend", this.name);
		if (this.failing) {
			return response.status(500).send();
		}
		return switch (path) {
			case "/headers" -> response.sendString(Mono.just(String.join("\n",
					request.requestHeaders()
						.entries()
						.stream()
						.map((entry) -> entry.getKey() + ": " + entry.getValue())
						.toList())));
			case "/echo" -> response.send(request.receive().retain());
			case "/size" -> response.sendString(request.receive()
				.map(ByteBuf::readableBytes)
				.reduce(0L, (sum, part) -> sum + part)
				.map(String::valueOf));
			// Reads the body only after a delay.
			case "/late-reader" ->
				Mono.delay(Duration.ofSeconds(3))
					.then(response.sendString(request.receive()
						.map(ByteBuf::readableBytes)
						.reduce(0L, (sum, part) -> sum + part)
						.map(String::valueOf)).then());
			// Accepts the request and closes the connection.
			case "/drop" -> drop(request, response);
			// Announces more than it sends, then closes.
			case "/cut" -> cut(response.header("Content-Length", "1000"), 100);
			case "/cut-chunked" -> cut(response, 100);
			case "/cut-long" -> cut(response.header("Content-Length", "1000000"), 200_000);
			case "/cut-long-chunked" -> cut(response, 200_000);
			case "/cut-by-first" ->
				this.name.equals("first") ? cut(response, 100) : response.sendString(Mono.just("whole"));
			case "/parts" -> response.sendString(Flux.just("a", "b", "c"));
			case "/endless" -> response.send(Flux.concat(part("begin"), Mono.never()), (part) -> true);
			case "/slow" -> Mono.delay(Duration.ofMillis(700)).then(response.sendString(Mono.just("slow")).then());
			// Parts for two seconds.
			case "/download" -> response
				.send(Flux.interval(Duration.ofMillis(100)).take(20).map((i) -> text("0123456789")), (part) -> true);
			// Much more than socket buffers hold.
			case "/large" -> response.send(Flux.range(0, 2000).map((i) -> Unpooled.wrappedBuffer(new byte[64 * 1024])));
			case "/never" -> Mono.never();
			case "/unavailable" -> response.status(503).sendString(Mono.just("busy"));
			case "/missing" -> response.status(404).sendString(Mono.just("not here"));
			case "/own-headers" -> response.header("X-Frame-Options", "SAMEORIGIN")
				.header("Server-Timing", "app;desc=\"" + this.name + "\"")
				.addHeader("Set-Cookie", "a=1")
				.addHeader("Set-Cookie", "b=2")
				.sendString(Mono.just("ok"));
			case "/events" -> response.sse()
				.send(Flux.interval(Duration.ofMillis(100)).take(3).map((i) -> text("data: " + i + "\n\n")),
						(part) -> true);
			case "/asset" -> response.header("Cache-Control", "public, max-age=600").sendString(Mono.just("asset"));
			case "/empty" -> response.status(204).send();
			default -> response.sendString(Mono.just("hello from " + this.name));
		};
	}

	private static Publisher<Void> drop(HttpServerRequest request, HttpServerResponse response) {
		return request.receive().then(Mono.defer(() -> {
			response.withConnection(DisposableChannel::dispose);
			return Mono.never();
		}));
	}

	private static Publisher<Void> cut(HttpServerResponse response, int after) {
		return response
			.send(Flux.concat(part("x".repeat(after)), Mono.delay(Duration.ofMillis(50)).then(Mono.defer(() -> {
				response.withConnection(DisposableChannel::dispose);
				return Mono.empty();
			}))));
	}

	private static Mono<ByteBuf> part(String text) {
		return Mono.fromSupplier(() -> text(text));
	}

	private static ByteBuf text(String text) {
		return Unpooled.copiedBuffer(text, UTF_8);
	}

	String name() {
		return this.name;
	}

	int port() {
		return this.port;
	}

	String url() {
		return "http://127.0.0.1:" + this.port;
	}

	int received(String path) {
		AtomicInteger count = this.received.get(path);
		return (count != null) ? count.get() : 0;
	}

	/** Connections that are open. */
	int connections() {
		return this.connections.size();
	}

	void forget() {
		this.received.clear();
	}

	void ready(int status, String body) {
		this.readyBody = body;
		this.readyStatus = status;
	}

	/** Responds to every request with 500, and to checks as before. */
	void failing(boolean fails) {
		this.failing = fails;
	}

	/** Accepts checks and responds to none. */
	void silent(boolean keepsSilent) {
		this.silent = keepsSilent;
	}

	/** Resets every connection, as the end of a killed process does. */
	void kill() {
		this.server.channel().close().syncUninterruptibly();
		this.connections.close().syncUninterruptibly();
		this.server.disposeNow();
	}

	/** Starts again on the same port. */
	void start() {
		this.server = bind();
	}

	@Override
	public void close() {
		kill();
	}

}
