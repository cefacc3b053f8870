package com.foobar.gateway.health;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.netty.StrictHttpClientCodec;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import reactor.core.publisher.Mono;
import reactor.netty.ByteBufFlux;
import reactor.netty.http.client.HttpClient;

/**
 * Checks a backend over HTTP. Each check opens its own connection, so it also finds out
 * whether the backend accepts connections.
 */
class HttpReadinessCheck implements ReadinessCheck {

	private static final int MAX_BODY = 64 * 1024;

	private static final int MAX_HEADERS = 8 * 1024;

	private final HttpClient client;

	private final String path;

	private final Duration timeout;

	HttpReadinessCheck(HealthProperties properties) {
		this.path = properties.path();
		this.timeout = properties.timeout();
		this.client = HttpClient.newConnection()
			.disableRetry(true)
			.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) properties.timeout().toMillis())
			.doOnChannelInit((observer, channel, remote) -> StrictHttpClientCodec.install(channel, MAX_HEADERS, () -> {
			}))
			.headers((headers) -> headers.set(HttpHeaderNames.USER_AGENT, "foobar-gateway-check"));
	}

	@Override
	public Mono<ReadinessCheck.Result> check(Backend backend) {
		HttpClient toBackend = this.client.remoteAddress(backend::address);
		return (backend.secure() ? toBackend.secure() : toBackend).get()
			.uri(this.path)
			.response((response, body) -> read(response.status().code(), body))
			.next()
			.timeout(this.timeout)
			.onErrorResume((ex) -> Mono.just(new ReadinessCheck.Result.Failed(describe(ex))));
	}

	private static Mono<ReadinessCheck.Result> read(int status, ByteBufFlux body) {
		return body.asByteArray().collect(ByteArrayOutputStream::new, (bytes, part) -> {
			if (bytes.size() + part.length > MAX_BODY) {
				throw new IllegalStateException("readiness response is longer than " + MAX_BODY + " bytes");
			}
			bytes.writeBytes(part);
		}).map((bytes) -> ReadinessReport.read(status, bytes.toByteArray()));
	}

	private String describe(Throwable ex) {
		if (ex instanceof TimeoutException) {
			return "no response to the readiness check within " + this.timeout;
		}
		String message = ex.getMessage();
		return (message != null) ? message : ex.getClass().getSimpleName();
	}

}
