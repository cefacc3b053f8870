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
 * Limits the requests that are active at the same time. A few more wait in a queue, first
 * in, first out, for a limited time: with a long queue every response would be late, and
 * its client gone.
 * <p>
 * Thread-safe; never blocks.
 */
public final class ConcurrencyLimiter {

	private final ConcurrentLinkedQueue<Waiter> queue = new ConcurrentLinkedQueue<>();

	private final AtomicInteger permits;

	private final AtomicInteger queued = new AtomicInteger();

	private final int maxRequests;

	private final int maxQueued;

	private final Duration queueTimeout;

	ConcurrencyLimiter(int maxRequests, int maxQueued, Duration queueTimeout) {
		this.permits = new AtomicInteger(maxRequests);
		this.maxRequests = maxRequests;
		this.maxQueued = maxQueued;
		this.queueTimeout = queueTimeout;
	}

	/**
	 * Runs a request as soon as the limit allows it.
	 * @param request what to run; it counts until it terminates or is cancelled
	 * @param refusal what to run instead if the queue is full or the wait too long
	 * @param loop runs it after a wait: the event loop of its connection
	 */
	public Mono<Void> run(Mono<Void> request, Mono<Void> refusal, Executor loop) {
		return Mono.defer(() -> {
			if (this.queued.get() == 0 && tryAcquire()) {
				return runAndRelease(request);
			}
			if (this.queued.incrementAndGet() > this.maxQueued) {
				this.queued.decrementAndGet();
				return refusal;
			}
			return enqueue(request, refusal, loop);
		});
	}

	private Mono<Void> enqueue(Mono<Void> request, Mono<Void> refusal, Executor loop) {
		Waiter waiter = new Waiter();
		this.queue.add(waiter);
		// A permit may have been released before the waiter was in the queue.
		admitQueued();
		return waiter.admitted.asMono()
			.timeout(this.queueTimeout, Mono.just(false))
			.publishOn(Schedulers.fromExecutor(loop))
			.flatMap((admitted) -> {
				if (waiter.change(State.ADMITTED, State.RUNNING)) {
					return runAndRelease(request);
				}
				dequeue(waiter);
				return refusal;
			})
			.doOnCancel(() -> {
				if (waiter.change(State.ADMITTED, State.REJECTED)) {
					release();
				}
				dequeue(waiter);
			});
	}

	private void dequeue(Waiter waiter) {
		if (waiter.change(State.QUEUED, State.REJECTED)) {
			this.queued.decrementAndGet();
			this.queue.remove(waiter);
		}
	}

	private Mono<Void> runAndRelease(Mono<Void> request) {
		return request.doFinally((end) -> release());
	}

	private void release() {
		this.permits.incrementAndGet();
		admitQueued();
	}

	private boolean tryAcquire() {
		int now = this.permits.get();
		while (now > 0) {
			if (this.permits.compareAndSet(now, now - 1)) {
				return true;
			}
			now = this.permits.get();
		}
		return false;
	}

	private void admitQueued() {
		while (!this.queue.isEmpty() && tryAcquire()) {
			Waiter next = this.queue.poll();
			if (next != null && next.change(State.QUEUED, State.ADMITTED)) {
				this.queued.decrementAndGet();
				var unused = next.admitted.tryEmitValue(true);
			}
			else {
				this.permits.incrementAndGet();
			}
		}
	}

	/** Active requests. */
	public int active() {
		return this.maxRequests - this.permits.get();
	}

	/** Requests in the queue. */
	public int queued() {
		return this.queued.get();
	}

	private enum State {

		QUEUED, ADMITTED, RUNNING, REJECTED

	}

	private static final class Waiter {

		private final Sinks.One<Boolean> admitted = Sinks.one();

		private final AtomicReference<State> state = new AtomicReference<>(State.QUEUED);

		boolean change(State from, State to) {
			return this.state.compareAndSet(from, to);
		}

	}

}
