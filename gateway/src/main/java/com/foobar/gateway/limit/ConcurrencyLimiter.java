package com.foobar.gateway.limit;

import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Lets in as many requests as may be under way at the same time, in the order in which
 * they came, and has a few more wait for a moment. A long queue would only make every
 * answer late: who has waited too long is gone by the time it is his turn.
 * <p>
 * Thread-safe; never blocks.
 */
public final class ConcurrencyLimiter {

	private final ConcurrentLinkedQueue<Waiter> queue = new ConcurrentLinkedQueue<>();

	private final AtomicInteger free;

	private final AtomicInteger waiting = new AtomicInteger();

	private final int places;

	private final int maxWaiting;

	private final Duration waitTime;

	ConcurrencyLimiter(int places, int maxWaiting, Duration waitTime) {
		this.free = new AtomicInteger(places);
		this.places = places;
		this.maxWaiting = maxWaiting;
		this.waitTime = waitTime;
	}

	/**
	 * Runs a request when there is a place for it.
	 * @param request what to run; its place is free again when it ends, however it ends
	 * @param refusal what to run instead if there is none
	 * @param loop runs it after a wait: the event loop of its connection
	 */
	public Mono<Void> run(Mono<Void> request, Mono<Void> refusal, Executor loop) {
		return Mono.defer(() -> {
			if (this.waiting.get() == 0 && takePlace()) {
				return holding(request);
			}
			if (this.waiting.incrementAndGet() > this.maxWaiting) {
				this.waiting.decrementAndGet();
				return refusal;
			}
			return waitFor(request, refusal, loop);
		});
	}

	private Mono<Void> waitFor(Mono<Void> request, Mono<Void> refusal, Executor loop) {
		Waiter waiter = new Waiter();
		this.queue.add(waiter);
		// A place may have become free before the waiter was in the queue.
		serveWaiting();
		return waiter.called.asMono()
			.timeout(this.waitTime, Mono.just(false))
			.publishOn(Schedulers.fromExecutor(loop))
			.flatMap((called) -> {
				if (waiter.turn(Turn.CALLED, Turn.SERVED)) {
					return holding(request);
				}
				leave(waiter);
				return refusal;
			})
			.doOnCancel(() -> {
				if (waiter.turn(Turn.CALLED, Turn.GONE)) {
					giveBack();
				}
				leave(waiter);
			});
	}

	private void leave(Waiter waiter) {
		if (waiter.turn(Turn.WAITS, Turn.GONE)) {
			this.waiting.decrementAndGet();
			this.queue.remove(waiter);
		}
	}

	private Mono<Void> holding(Mono<Void> request) {
		return request.doFinally((end) -> giveBack());
	}

	private void giveBack() {
		this.free.incrementAndGet();
		serveWaiting();
	}

	private boolean takePlace() {
		int now = this.free.get();
		while (now > 0) {
			if (this.free.compareAndSet(now, now - 1)) {
				return true;
			}
			now = this.free.get();
		}
		return false;
	}

	private void serveWaiting() {
		while (!this.queue.isEmpty() && takePlace()) {
			Waiter next = this.queue.poll();
			if (next != null && next.turn(Turn.WAITS, Turn.CALLED)) {
				this.waiting.decrementAndGet();
				var unused = next.called.tryEmitValue(true);
			}
			else {
				this.free.incrementAndGet();
			}
		}
	}

	/** Requests under way. */
	public int underWay() {
		return this.places - this.free.get();
	}

	/** Requests that wait. */
	public int waiting() {
		return this.waiting.get();
	}

	private enum Turn {

		WAITS, CALLED, SERVED, GONE

	}

	private static final class Waiter {

		private final Sinks.One<Boolean> called = Sinks.one();

		private final AtomicReference<Turn> turn = new AtomicReference<>(Turn.WAITS);

		boolean turn(Turn from, Turn to) {
			return this.turn.compareAndSet(from, to);
		}

	}

}
