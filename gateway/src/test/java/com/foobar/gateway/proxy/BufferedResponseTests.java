package com.foobar.gateway.proxy;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.publisher.BaseSubscriber;
import reactor.test.publisher.TestPublisher;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class BufferedResponseTests {

	private final EmbeddedChannel channel = new EmbeddedChannel();

	/** Fails on more elements than requested. */
	private final TestPublisher<ByteBuf> source = TestPublisher.create();

	private final List<ByteBuf> sent = new ArrayList<>();

	private final Reader reader = new Reader();

	@BeforeEach
	void stopTheClock() {
		this.channel.freezeTime();
	}

	@AfterEach
	void nothingLeaks() {
		this.channel.runPendingTasks();
		assertThat(this.sent).allSatisfy((part) -> assertThat(part.refCnt()).isZero());
		this.channel.close().syncUninterruptibly();
	}

	private BufferedResponse read(boolean knownLength) {
		BufferedResponse buffered = knownLength
				? BufferedResponse.ofKnownLength(this.source.flux(), 8, this.channel.eventLoop())
				: BufferedResponse.ofUnknownLength(this.source.flux(), 8, 100, this.channel.eventLoop());
		buffered.subscribe(this.reader);
		return buffered;
	}

	private void send(String part) {
		ByteBuf buffer = Unpooled.copiedBuffer(part, UTF_8);
		this.sent.add(buffer);
		this.source.next(buffer);
	}

	private void waitFor(long millis) {
		this.channel.advanceTimeBy(millis, TimeUnit.MILLISECONDS);
		this.channel.runScheduledPendingTasks();
	}

	@Test
	void shortResponseIsBufferedCompletely() {
		BufferedResponse buffered = read(false);
		send("ab");
		send("cd");
		assertThat(this.reader.got).isEmpty();
		this.source.complete();
		assertThat(this.reader.got).containsExactly("abcd");
		assertThat(buffered.isWhole()).isTrue();
		assertThat(this.reader.completed).isTrue();
	}

	@Test
	void emptyResponseCompletes() {
		BufferedResponse buffered = read(false);
		this.source.complete();
		assertThat(this.reader.got).isEmpty();
		assertThat(this.reader.completed).isTrue();
		assertThat(buffered.isWhole()).isFalse();
	}

	@Test
	void longResponseFollowsTheDemandOfTheReader() {
		BufferedResponse buffered = read(true);
		send("abcd");
		send("efghi");
		assertThat(this.reader.got).containsExactly("abcdefghi");
		assertThat(buffered.isWhole()).isFalse();
		this.source.assertMaxRequested(1);
		this.reader.request(2);
		send("j");
		send("k");
		this.source.complete();
		assertThat(this.reader.got).containsExactly("abcdefghi", "j", "k");
		assertThat(this.reader.completed).isTrue();
	}

	@Test
	void slowResponsePassesAfterTheDelay() {
		read(false);
		send("ab");
		waitFor(99);
		assertThat(this.reader.got).isEmpty();
		waitFor(2);
		assertThat(this.reader.got).containsExactly("ab");
		this.reader.request(1);
		send("cd");
		assertThat(this.reader.got).containsExactly("ab", "cd");
		this.source.complete();
	}

	@Test
	void prefetchedPartWaitsForDemand() {
		read(false);
		send("ab");
		waitFor(101);
		send("cd");
		this.source.complete();
		assertThat(this.reader.got).containsExactly("ab");
		assertThat(this.reader.completed).isFalse();
		this.reader.request(1);
		assertThat(this.reader.got).containsExactly("ab", "cd");
		assertThat(this.reader.completed).isTrue();
	}

	@Test
	void headWithoutABodyPassesAfterTheDelay() {
		read(false);
		waitFor(101);
		assertThat(this.reader.got).containsExactly("");
		this.source.complete();
		assertThat(this.reader.completed).isTrue();
	}

	@Test
	void bodyOfKnownLengthIsAwaited() {
		read(true);
		send("ab");
		waitFor(60_000);
		assertThat(this.reader.got).isEmpty();
		this.source.complete();
		assertThat(this.reader.got).containsExactly("ab");
	}

	@Test
	void errorWhileBufferingDropsTheBuffer() {
		read(false);
		send("ab");
		this.source.error(new IOException("reset"));
		assertThat(this.reader.got).isEmpty();
		assertThat(this.reader.error).hasMessage("reset");
		waitFor(101);
		assertThat(this.reader.got).isEmpty();
	}

	@Test
	void laterErrorDropsUndeliveredParts() {
		read(false);
		send("ab");
		waitFor(101);
		send("cd");
		this.source.error(new IOException("reset"));
		assertThat(this.reader.got).containsExactly("ab");
		assertThat(this.reader.error).hasMessage("reset");
	}

	@Test
	void cancelledReaderLeavesNothingBehind() {
		read(false);
		send("ab");
		this.reader.cancel();
		this.source.assertCancelled();
		waitFor(101);
		assertThat(this.reader.got).isEmpty();
	}

	/** Requests one element, as an operator that peeks at the first does. */
	private static final class Reader extends BaseSubscriber<ByteBuf> {

		private final List<String> got = new ArrayList<>();

		private @Nullable Throwable error;

		private boolean completed;

		@Override
		protected void hookOnSubscribe(Subscription subscription) {
			request(1);
		}

		@Override
		protected void hookOnNext(ByteBuf part) {
			this.got.add(part.toString(UTF_8));
			part.release();
		}

		@Override
		protected void hookOnComplete() {
			this.completed = true;
		}

		@Override
		protected void hookOnError(Throwable throwable) {
			this.error = throwable;
		}

	}

}
