package com.foobar.gateway.proxy;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;
import reactor.core.publisher.Operators;

/**
 * The body of a response, buffered until it is complete, exceeds the limit, or the
 * timeout has passed. An error before that is not seen by the client, so that the request
 * can be retried at another backend.
 * <p>
 * The first element is everything that was buffered; if that {@link #isWhole() is the
 * whole body}, no other follows. The rest is passed on as it arrives.
 * <p>
 * For one subscriber, which subscribes on the event loop of the backend's connection and
 * asks for the first element at once. The source signals on that loop, and everything
 * else happens on it as well, whichever thread the subscriber asks on.
 */
final class BufferedResponse extends FluxOperator<ByteBuf, ByteBuf> {

	private static final long NO_TIMEOUT = -1;

	private final int limit;

	private final long timeout;

	private final EventExecutor loop;

	private boolean whole;

	private BufferedResponse(Flux<ByteBuf> source, int limit, long timeout, EventExecutor loop) {
		super(source);
		this.limit = limit;
		this.timeout = timeout;
		this.loop = loop;
	}

	/**
	 * A body with a {@code Content-Length}: it is buffered until it is complete.
	 * @param body the body; the reader takes its buffers over
	 * @param limit most bytes that are buffered
	 * @param loop event loop of the backend's connection
	 */
	static BufferedResponse ofKnownLength(Flux<ByteBuf> body, int limit, EventExecutor loop) {
		return new BufferedResponse(body, limit, NO_TIMEOUT, loop);
	}

	/**
	 * A body of unknown length. It may be a stream whose reader expects each part when it
	 * arrives, so it is buffered for a short time only.
	 * @param body the body; the reader takes its buffers over
	 * @param limit most bytes that are buffered
	 * @param timeout longest time they are buffered, in milliseconds
	 * @param loop event loop of the backend's connection
	 */
	static BufferedResponse ofUnknownLength(Flux<ByteBuf> body, int limit, long timeout, EventExecutor loop) {
		return new BufferedResponse(body, limit, timeout, loop);
	}

	/**
	 * Whether the first element is the whole body. Known once that element has arrived.
	 */
	boolean isWhole() {
		return this.whole;
	}

	@Override
	public void subscribe(CoreSubscriber<? super ByteBuf> reader) {
		this.source.subscribe(new Holder(reader));
	}

	private final class Holder implements CoreSubscriber<ByteBuf>, Subscription {

		private final CoreSubscriber<? super ByteBuf> reader;

		private @Nullable Subscription source;

		private @Nullable ByteBuf held;

		private @Nullable Future<?> timer;

		/** What the reader requested beyond the first element before it received that. */
		private long further;

		private boolean passing;

		/** A part was requested before the reader requested it. */
		private boolean ahead;

		/** It arrived before the reader requested it. */
		private @Nullable ByteBuf early;

		private boolean ended;

		Holder(CoreSubscriber<? super ByteBuf> reader) {
			this.reader = reader;
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.source = subscription;
			if (BufferedResponse.this.timeout != NO_TIMEOUT) {
				this.timer = BufferedResponse.this.loop.schedule(this::expire, BufferedResponse.this.timeout,
						TimeUnit.MILLISECONDS);
			}
			this.ahead = true;
			this.further = -1;
			this.reader.onSubscribe(this);
			subscription.request(1);
		}

		@Override
		public void request(long n) {
			run(() -> ask(n));
		}

		private void run(Runnable task) {
			if (BufferedResponse.this.loop.inEventLoop()) {
				task.run();
			}
			else {
				BufferedResponse.this.loop.execute(task);
			}
		}

		private void ask(long n) {
			if (!this.passing) {
				this.further = Operators.addCap(this.further, n);
				return;
			}
			long more = n;
			if (this.ahead) {
				this.ahead = false;
				more--;
				if (this.early != null) {
					ByteBuf part = this.early;
					this.early = null;
					this.reader.onNext(part);
					if (this.ended) {
						this.reader.onComplete();
						return;
					}
				}
			}
			if (more > 0) {
				source().request(more);
			}
		}

		@Override
		public void onNext(ByteBuf part) {
			if (this.ended) {
				part.release();
			}
			else if (!this.passing) {
				hold(part);
			}
			else if (this.ahead) {
				this.early = part;
			}
			else {
				this.reader.onNext(part);
			}
		}

		private void hold(ByteBuf part) {
			this.held = join(this.held, part);
			if (this.held.readableBytes() > BufferedResponse.this.limit) {
				this.ahead = false;
				pass();
			}
			else {
				source().request(1);
			}
		}

		@Override
		public void onComplete() {
			this.ended = true;
			stopTimer();
			if (this.early != null) {
				return;
			}
			if (!this.passing && this.held != null) {
				BufferedResponse.this.whole = true;
				pass();
			}
			this.reader.onComplete();
		}

		@Override
		public void onError(Throwable error) {
			discard();
			this.reader.onError(error);
		}

		@Override
		public void cancel() {
			source().cancel();
			run(this::discard);
		}

		private void expire() {
			if (!this.passing && !this.ended) {
				pass();
			}
		}

		private void pass() {
			stopTimer();
			ByteBuf first = (this.held != null) ? this.held : Unpooled.EMPTY_BUFFER;
			this.held = null;
			this.passing = true;
			this.reader.onNext(first);
			if (this.further > 0 && !this.ended) {
				ask(this.further);
			}
		}

		private void discard() {
			stopTimer();
			this.ended = true;
			ReferenceCountUtil.release(this.held);
			ReferenceCountUtil.release(this.early);
			this.held = null;
			this.early = null;
		}

		private void stopTimer() {
			if (this.timer != null) {
				this.timer.cancel(false);
				this.timer = null;
			}
		}

		private Subscription source() {
			if (this.source == null) {
				throw new IllegalStateException("Not subscribed");
			}
			return this.source;
		}

		private static ByteBuf join(@Nullable ByteBuf begin, ByteBuf part) {
			if (begin == null) {
				return part;
			}
			CompositeByteBuf all = (begin instanceof CompositeByteBuf composite) ? composite
					: Unpooled.compositeBuffer().addComponent(true, begin);
			return all.addComponent(true, part);
		}

	}

}
