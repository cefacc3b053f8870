package com.foobar.gateway;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import com.foobar.gateway.TestGateway.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Writes invalidate stored responses, and clients see their own writes.
 */
class CacheInvalidationIT extends CacheContract {

	@Test
	void clientSeesItsOwnWrite() {
		AtomicInteger version = new AtomicInteger(1);
		backend.respondWith((request, response) -> {
			if (request.method().name().equals("POST")) {
				return response.header("Read-After", "g:" + version.incrementAndGet())
					.addHeader("Set-Cookie", "read_after=g:2; Path=/")
					.status(201)
					.send();
			}
			return response.header("Cache-Control", "public, max-age=3600, stale-if-error=3600")
				.header("ETag", "\"" + version + "\"")
				.sendString(Mono.just("version " + version))
				.then();
		});
		assertThat(get("/board").body()).isEqualTo("version 1");
		String token = Objects.requireNonNull(gateway.send("POST", "/elsewhere", "x").header("Read-After"));
		assertThat(get("/board").body()).as("other clients may get a stale response").isEqualTo("version 1");
		for (String carrier : List.of("Read-After: " + token, "Cookie: theme=dark; read_after=" + token)) {
			Response own = get("/board", carrier);
			assertThat(own.body()).isEqualTo("version 2");
			assertThat(cacheStatus(own)).startsWith("foobar-gateway; fwd=request");
		}
		assertThat(backend.received("/board").get(1).headers().get("Read-After")).isEqualTo(token);
		assertThat(get("/board").body()).as("updated for all by the revalidation").isEqualTo("version 2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT", "PATCH", "DELETE" })
	void invalidatesAfterAnUnsafeRequest(String method) {
		String path = "/things/" + method;
		backend.respondWith("things", AN_HOUR);
		for (String kept : List.of(path, path + "/1?a=b", path + "/2", path + "/3")) {
			get(kept);
		}
		backend.respondWith((request, response) -> response.header("Location", "1?a=b".replace("1", path + "/1"))
			.header("Content-Location", gateway.https(path + "/2"))
			.status(201)
			.send());
		gateway.send(method, path, "x");
		backend.respondWith("changed", AN_HOUR);
		assertThat(get(path).body()).isEqualTo("changed");
		assertThat(get(path + "/1?a=b").body()).isEqualTo("changed");
		assertThat(get(path + "/2").body()).isEqualTo("changed");
		assertThat(get(path + "/3").body()).isEqualTo("things");
	}

	@Test
	void invalidatesNothingAfterAnErrorOrForAnotherHost() {
		backend.respondWith("kept", AN_HOUR);
		get("/refused");
		get("/other");
		backend.respondWith((request, response) -> response.status(403).send());
		gateway.send("POST", "/refused", "x");
		backend.respondWith((request, response) -> response.header("Location", "https://www.example.com/other").send());
		gateway.send("POST", "/somewhere", "x");
		assertThat(cacheStatus(get("/refused"))).startsWith("foobar-gateway; hit");
		assertThat(cacheStatus(get("/other"))).startsWith("foobar-gateway; hit");
	}

	@Test
	void doesNotStoreAResponseRequestedBeforeAnInvalidation() {
		Sinks.Empty<Void> gate = Sinks.empty();
		backend.respondWith((request, response) -> request.method().name().equals("GET")
				? gate.asMono()
					.then(response.header("Cache-Control", "public, max-age=60").sendString(Mono.just("before")).then())
				: response.send());
		CompletableFuture<Response> reader = CompletableFuture.supplyAsync(() -> get("/race"));
		await().until(() -> requests("/race") == 1);
		gateway.send("PUT", "/race", "x");
		gate.tryEmitEmpty();
		assertThat(reader.join().body()).isEqualTo("before");
		backend.respondWith("after", AN_HOUR);
		assertThat(get("/race").body()).isEqualTo("after");
	}

}
