package com.foobar.gateway;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

import io.netty.channel.ChannelOption;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.util.concurrent.GlobalEventExecutor;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

/**
 * A real HTTP server that sends the responses that a test sets, and records its requests.
 */
final class ProgrammedBackend implements AutoCloseable {

	private final List<Received> received = new CopyOnWriteArrayList<>();

	private volatile BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> program = (request,
			response) -> response.sendString(Mono.just("nothing programmed"));

	private volatile ChannelGroup connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);

	private volatile int port;

	private volatile DisposableServer server;

	ProgrammedBackend() {
		this.server = bind();
		this.port = this.server.port();
	}

	private DisposableServer bind() {
		this.connections = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
		return HttpServer.create()
			.runOn(TestBackend.LOOPS)
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
		if (request.uri().equals("/readyz")) {
			return response.sendString(Mono.just(TestBackend.READY));
		}
		this.received.add(new Received(request.method().name(), request.uri(), request.requestHeaders().copy()));
		return this.program.apply(request, response);
	}

	/** Sets the responses from now on. */
	void respondWith(BiFunction<HttpServerRequest, HttpServerResponse, Publisher<Void>> program) {
		this.program = program;
	}

	/** Sets one response from now on, with headers written as {@code Name: value}. */
	void respondWith(String body, String... headers) {
		respondWith((request, response) -> {
			for (String header : headers) {
				response.addHeader(header.substring(0, header.indexOf(':')), header.substring(header.indexOf(':') + 2));
			}
			return response.sendString(Mono.just(body)).then();
		});
	}

	/** The requests for a path, in the order in which they arrived. */
	List<Received> received(String path) {
		return this.received.stream().filter((request) -> request.uri().equals(path)).toList();
	}

	String url() {
		return "http://127.0.0.1:" + this.port;
	}

	/** Closes the socket and all connections, as the end of a killed process does. */
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

	/**
	 * One request.
	 */
	record Received(String method, String uri, HttpHeaders headers) {
	}

}
