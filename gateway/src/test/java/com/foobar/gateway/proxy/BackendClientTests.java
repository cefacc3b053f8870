package com.foobar.gateway.proxy;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

import com.foobar.gateway.backend.Backend;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpMethod;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

import org.springframework.util.unit.DataSize;

import static org.assertj.core.api.Assertions.assertThat;

class BackendClientTests {

	private final LoopResources resources = LoopResources.create("test", 2, true);

	private final List<EventLoop> loops = BackendClients.eventLoops(this.resources);

	private final EventLoop first = this.loops.get(0);

	private final EventLoop second = this.loops.get(1);

	@AfterEach
	void stop() {
		this.resources.disposeLater(Duration.ZERO, Duration.ofSeconds(5)).block();
	}

	@Test
	void usesTheEventLoopOfTheClient() {
		DisposableServer server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle((request, response) -> response.sendString(Mono.just("hello")))
			.bindNow();
		BackendClient client = client(10, server.port());
		try {
			for (EventLoop loop : this.loops) {
				// The second request reuses the connection of the first.
				assertThat(loopOfAResponse(client, loop)).isSameAs(loop);
				assertThat(loopOfAResponse(client, loop)).isSameAs(loop);
			}
		}
		finally {
			client.close();
			server.disposeNow();
		}
	}

	@Test
	void usesThePoolOfAnotherEventLoopWhenItsOwnIsExhausted() {
		BackendClient client = client(3, 1);
		BackendClient.Pool own = client.pool(this.first);
		own.begin();
		assertThat(client.pool(this.first)).isSameAs(own);
		own.begin();
		BackendClient.Pool other = client.pool(this.first);
		assertThat(other).isNotSameAs(own).isSameAs(client.pool(this.second));
		other.begin();
		assertThat(client.pool(this.first)).as("the pool to wait for").isSameAs(own);
		assertThat(client.pool(this.second)).as("the pool to wait for").isSameAs(other);
		own.end();
		assertThat(client.pool(this.second)).isSameAs(own);
	}

	@Test
	void hasNoMorePoolsThanConnections() {
		BackendClient client = client(1, 1);
		assertThat(client.pool(this.first)).isSameAs(client.pool(this.second));
	}

	private @Nullable EventLoop loopOfAResponse(BackendClient client, EventLoop loop) {
		return client.pool(loop)
			.request(HttpMethod.GET, "/")
			.responseConnection((response, connection) -> connection.inbound()
				.receive()
				.then(Mono.fromSupplier(() -> loop((Connection) response))))
			.blockLast(Duration.ofSeconds(30));
	}

	private static EventLoop loop(Connection connection) {
		return connection.channel().eventLoop();
	}

	private BackendClient client(int maxConnections, int port) {
		Backend backend = new Backend("127.0.0.1:" + port, false,
				new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
		Duration time = Duration.ofSeconds(10);
		return BackendClient.pooled(backend,
				new ClientProperties(time, time, maxConnections, maxConnections, time, time, DataSize.ofKilobytes(8)),
				this.loops, new PoolMeters(new SimpleMeterRegistry(), backend));
	}

}
