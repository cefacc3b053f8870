package com.foobar.gateway;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

import com.foobar.gateway.TestGateway.Response;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Concurrent requests for one response, and stale responses during a revalidation or an
 * outage.
 */
class CacheConcurrencyIT extends CacheContract {

	@Test
	void collapsesConcurrentRequestsForOneUri() {
		backend.respondWith((request, response) -> Mono.delay(Duration.ofSeconds(1))
			.then(response.header("Cache-Control", "public, max-age=60").sendString(Mono.just("one for all")).then()));
		List<String> responses = Objects.requireNonNull(Flux.range(0, 50)
			.flatMap((i) -> bodyAndStatus("/fifty"), 50)
			.collectList()
			.block(Duration.ofSeconds(20)));
		assertThat(requests("/fifty")).isEqualTo(1);
		assertThat(responses).hasSize(50).allMatch((text) -> text.startsWith("one for all, foobar-gateway; "));
		assertThat(responses).anyMatch((text) -> text.contains("collapsed"));
	}

	private static Mono<String> bodyAndStatus(String path) {
		return gateway.client()
			.get()
			.uri(gateway.https(path))
			.responseSingle((response, content) -> content.asString()
				.map((body) -> body + ", " + response.responseHeaders().get("Cache-Status")));
	}

	@Test
	void requestsForPrivateResponsesAreNotCollapsed() {
		AtomicInteger arrived = new AtomicInteger();
		Sinks.Empty<Void> allThere = Sinks.empty();
		// All but the first get a response only after all have arrived.
		backend.respondWith((request, response) -> {
			int count = arrived.incrementAndGet();
			if (count == 10) {
				allThere.tryEmitEmpty();
			}
			response.header("Cache-Control", "private");
			return ((count == 1) ? Mono.<Void>empty() : allThere.asMono())
				.then(response.sendString(Mono.just("mine")).then());
		});
		List<String> responses = Objects.requireNonNull(Flux.range(0, 10)
			.flatMap((i) -> bodyAndStatus("/private"), 10)
			.collectList()
			.block(Duration.ofSeconds(20)));
		assertThat(responses).hasSize(10).allMatch((text) -> text.startsWith("mine"));
		assertThat(requests("/private")).isEqualTo(10);
	}

	@Test
	void waitingRequestIsForwardedWhenTheFirstIsCancelled() {
		Sinks.Empty<Void> gate = Sinks.empty();
		backend.respondWith((request, response) -> gate.asMono()
			.then(response.header("Cache-Control", "public, max-age=60").sendString(Mono.just("late")).then()));
		Disposable first = bodyAndStatus("/leaves").subscribe();
		await().until(() -> requests("/leaves") == 1);
		CompletableFuture<Response> second = CompletableFuture.supplyAsync(() -> get("/leaves"));
		first.dispose();
		await().until(() -> requests("/leaves") == 2);
		gate.tryEmitEmpty();
		assertThat(second.join().body()).isEqualTo("late");
	}

	@Test
	void servesStaleWhileRevalidating() {
		String cacheControl = "Cache-Control: public, max-age=1, stale-while-revalidate=60";
		backend.respondWith("old", cacheControl);
		get("/while");
		awaitStale("/while");
		Sinks.Empty<Void> gate = Sinks.empty();
		backend.respondWith((request, response) -> gate.asMono()
			.then(response.header("Cache-Control", "public, max-age=60").sendString(Mono.just("new")).then()));
		CompletableFuture<Response> first = CompletableFuture.supplyAsync(() -> get("/while"));
		await().until(() -> requests("/while") == 2);
		Response meanwhile = get("/while");
		assertThat(meanwhile.body()).isEqualTo("old");
		assertThat(cacheStatus(meanwhile)).contains("detail=stale-while-revalidate");
		CompletableFuture<Response> writer = CompletableFuture.supplyAsync(() -> get("/while", "Read-After: g:1"));
		await().until(() -> requests("/while") == 3);
		gate.tryEmitEmpty();
		assertThat(first.join().body()).isEqualTo("new");
		assertThat(writer.join().body()).isEqualTo("new");
		assertThat(get("/while").body()).isEqualTo("new");
	}

	private static void awaitStale(String path) {
		await().until(() -> get(path, "Cache-Control: only-if-cached").status() == 504);
	}

	@Test
	void servesStaleOnError() {
		backend.respondWith("kept", "Cache-Control: public, max-age=0, stale-if-error=600", "ETag: \"a\"");
		get("/outage");
		backend.respondWith("strict", "Cache-Control: public, max-age=0, must-revalidate, stale-if-error=600");
		get("/outage/strict");
		backend.respondWith((request, response) -> response.status(500).sendString(Mono.just("broken")));
		assertThat(get("/outage").body()).isEqualTo("kept");
		backend.kill();
		try {
			Response response = get("/outage");
			assertThat(response.status()).isEqualTo(200);
			assertThat(response.body()).isEqualTo("kept");
			assertThat(cacheStatus(response)).contains("detail=stale-if-error");
			assertThat(get("/outage", "If-None-Match: \"a\"").status()).isEqualTo(304);
			assertThat(get("/outage", "Cookie: read_after=g:1").status()).as("after a write").isEqualTo(503);
			assertThat(get("/outage", "Cache-Control: no-cache").status()).isEqualTo(503);
			assertThat(get("/outage/strict").status()).isEqualTo(503);
			gateway.awaitBackends("DOWN", 1);
			assertThat(get("/outage").body()).isEqualTo("kept");
		}
		finally {
			backend.start();
			gateway.awaitBackends("UP", 1);
		}
		backend.respondWith("new", "Cache-Control: public, max-age=0, stale-if-error=600");
		assertThat(get("/outage").body()).isEqualTo("new");
	}

}
