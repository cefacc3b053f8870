package com.foobar.gateway.forward;

import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.CompositeByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;
import reactor.core.publisher.Flux;
import reactor.core.publisher.FluxOperator;

/**
 * The body of an answer, held back until it is whole, has become long, or makes its
 * reader wait. Whatever breaks before is unseen by the client, so that another backend
 * can be asked.
 * <p>
 * The first element is all that was held; if that {@link #isWhole() is the whole}, no
 * other follows. From then on the rest passes as it comes. An error before the first
 * element is an answer of which the client knows nothing.
 * <p>
 * For one subscriber, which asks for the first element on the event loop of the backend's
 * connection. The source signals on that loop, too.
 */
final class HeldAnswer extends FluxOperator<ByteBuf, ByteBuf> {

	private static final long NO_PATIENCE = -1;

	private final int limit;

	private final long patience;

	private final EventExecutor loop;

	private boolean whole;

	private HeldAnswer(Flux<ByteBuf> source, int limit, long patience, EventExecutor loop) {
		super(source);
		this.limit = limit;
		this.patience = patience;
		this.loop = loop;
	}

	/**
	 * A body that was announced with its length: it is on its way, and is waited for.
	 * @param body the body; the reader takes its buffers over
	 * @param limit most bytes that are held
	 * @param loop event loop of the backend's connection
	 */
	static HeldAnswer ofKnownLength(Flux<ByteBuf> body, int limit, EventExecutor loop) {
		return new HeldAnswer(body, limit, NO_PATIENCE, loop);
	}

	/**
	 * A body of unknown length. It may be a stream whose reader is to see each part when
	 * it comes, so it is held for a short time only.
	 * @param body the body; the reader takes its buffers over
	 * @param limit most bytes that are held
	 * @param patience longest time they are held, in milliseconds
	 * @param loop event loop of the backend's connection
	 */
	static HeldAnswer ofUnknownLength(Flux<ByteBuf> body, int limit, long patience, EventExecutor loop) {
		return new HeldAnswer(body, limit, patience, loop);
	}

	/** Whether the first element is the whole body. Known once that element has come. */
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

		private long demand;

		private volatile boolean passing;

		private boolean ended;

		Holder(CoreSubscriber<? super ByteBuf> reader) {
			this.reader = reader;
		}

		@Override
		public void onSubscribe(Subscription subscription) {
			this.source = subscription;
			if (HeldAnswer.this.patience != NO_PATIENCE) {
				this.timer = HeldAnswer.this.loop.schedule(this::runOutOfPatience, HeldAnswer.this.patience,
						TimeUnit.MILLISECONDS);
			}
			this.reader.onSubscribe(this);
		}

		@Override
		public void request(long n) {
			if (this.passing) {
				source().request(n);
				return;
			}
			boolean first = this.demand == 0;
			this.demand = n;
			if (first) {
				source().request(1);
			}
		}

		@Override
		public void onNext(ByteBuf part) {
			if (this.passing) {
				this.reader.onNext(part);
				return;
			}
			this.held = join(this.held, part);
			if (this.held.readableBytes() > HeldAnswer.this.limit) {
				pass();
			}
			else {
				source().request(1);
			}
		}

		@Override
		public void onComplete() {
			this.ended = true;
			if (!this.passing && this.held != null) {
				HeldAnswer.this.whole = true;
				pass();
			}
			stopTimer();
			this.reader.onComplete();
		}

		@Override
		public void onError(Throwable error) {
			this.ended = true;
			discard();
			this.reader.onError(error);
		}

		@Override
		public void cancel() {
			source().cancel();
			if (!this.passing) {
				HeldAnswer.this.loop.execute(this::discard);
			}
		}

		private void runOutOfPatience() {
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
			if (this.demand > 1 && !this.ended) {
				source().request(this.demand - 1);
			}
		}

		private void discard() {
			stopTimer();
			this.ended = true;
			if (this.held != null) {
				this.held.release();
				this.held = null;
			}
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
