package com.foobar.gateway.limit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ConcurrencyLimiterTests {

	private static final Duration LONG = Duration.ofMinutes(1);

	private final List<String> events = new ArrayList<>();

	private final Sinks.Empty<Void> first = Sinks.empty();

	private Disposable enter(ConcurrencyLimiter admission, String name, Mono<Void> request) {
		return admission
			.run(Mono.<Void>fromRunnable(() -> this.events.add(name + " in")).then(request),
					Mono.fromRunnable(() -> this.events.add(name + " refused")), Runnable::run)
			.subscribe();
	}

	@Test
	void rejectsAtOnceWhenTheQueueIsFull() {
		ConcurrencyLimiter admission = new ConcurrencyLimiter(1, 0, LONG);
		enter(admission, "a", this.first.asMono());
		enter(admission, "b", Mono.empty());
		this.first.tryEmitEmpty();
		enter(admission, "c", Mono.empty());
		assertThat(this.events).containsExactly("a in", "b refused", "c in");
		assertThat(admission.active()).isZero();
	}

	@Test
	void admitsQueuedRequestsInOrder() {
		ConcurrencyLimiter admission = new ConcurrencyLimiter(1, 2, LONG);
		Sinks.Empty<Void> second = Sinks.empty();
		enter(admission, "a", this.first.asMono());
		enter(admission, "b", second.asMono());
		enter(admission, "c", Mono.empty());
		enter(admission, "d", Mono.empty());
		assertThat(this.events).containsExactly("a in", "d refused");
		assertThat(admission.queued()).isEqualTo(2);
		this.first.tryEmitEmpty();
		assertThat(this.events).endsWith("b in");
		second.tryEmitEmpty();
		assertThat(this.events).endsWith("b in", "c in");
		assertThat(admission.queued()).isZero();
		assertThat(admission.active()).isZero();
	}

	@Test
	void rejectsAfterTheQueueTimeout() {
		ConcurrencyLimiter admission = new ConcurrencyLimiter(1, 1, Duration.ofMillis(20));
		enter(admission, "a", this.first.asMono());
		enter(admission, "b", Mono.empty());
		await().untilAsserted(() -> assertThat(this.events).containsExactly("a in", "b refused"));
		assertThat(admission.queued()).isZero();
	}

	@Test
	void cancelledRequestLeavesTheQueue() {
		ConcurrencyLimiter admission = new ConcurrencyLimiter(1, 2, LONG);
		Disposable holder = enter(admission, "a", this.first.asMono());
		enter(admission, "b", Mono.empty()).dispose();
		assertThat(admission.queued()).isZero();
		holder.dispose();
		assertThat(admission.active()).isZero();
		enter(admission, "c", Mono.error(new IllegalStateException("failed")).onErrorComplete().then());
		assertThat(this.events).containsExactly("a in", "c in");
		assertThat(admission.active()).isZero();
	}

	@Test
	void losesNoPermitUnderContention() throws InterruptedException {
		ConcurrencyLimiter admission = new ConcurrencyLimiter(3, 50, LONG);
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		int requests = 4000;
		CountDownLatch done = new CountDownLatch(requests);
		Mono<Void> request = Mono.<Void>fromRunnable(() -> {
			most.accumulateAndGet(inside.incrementAndGet(), Math::max);
			inside.decrementAndGet();
		}).subscribeOn(Schedulers.parallel());
		for (int i = 0; i < requests; i++) {
			Disposable subscription = admission.run(request, Mono.empty(), Runnable::run)
				.doFinally((end) -> done.countDown())
				.subscribe();
			if (i % 7 == 0) {
				subscription.dispose();
			}
		}
		done.await();
		await().untilAsserted(() -> assertThat(admission.active()).isZero());
		assertThat(admission.queued()).isZero();
		assertThat(most.get()).isPositive();
	}

}
