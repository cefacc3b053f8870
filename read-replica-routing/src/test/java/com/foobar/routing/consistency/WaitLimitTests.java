package com.foobar.routing.consistency;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.DatabaseNode.Role;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WaitLimitTests {

	private static final DatabaseNode FIRST = new DatabaseNode("first", Role.REPLICA);

	private static final DatabaseNode SECOND = new DatabaseNode("second", Role.REPLICA);

	private static final DatabaseNode UNNAMED = new DatabaseNode("unnamed", Role.REPLICA);

	private final WaitLimit limit = new WaitLimit(Map.of("first", 1, "second", 0));

	@Test
	void readsBeyondTheLimitAreRejectedAndCounted() {
		assertThat(this.limit.tryAcquire(FIRST, Duration.ZERO)).isTrue();
		assertThat(this.limit.tryAcquire(FIRST, Duration.ZERO)).isFalse();
		assertThat(this.limit.waiting(FIRST)).isEqualTo(1);
		assertThat(this.limit.rejected(FIRST)).isEqualTo(1);
		this.limit.release(FIRST);
		assertThat(this.limit.waiting(FIRST)).isZero();
		assertThat(this.limit.tryAcquire(FIRST, Duration.ZERO)).isTrue();
	}

	@Test
	void releasedPermitGoesToTheQueuedRead() {
		assertThat(this.limit.tryAcquire(FIRST, Duration.ZERO)).isTrue();
		CompletableFuture<Boolean> queued = CompletableFuture
			.supplyAsync(() -> this.limit.tryAcquire(FIRST, Duration.ofSeconds(30)));
		this.limit.release(FIRST);
		assertThat(queued.orTimeout(30, TimeUnit.SECONDS).join()).isTrue();
	}

	@Test
	void noReadQueuesWithoutPermits() {
		assertThat(this.limit.tryAcquire(SECOND, Duration.ofDays(1))).isFalse();
		assertThat(this.limit.rejected(SECOND)).isEqualTo(1);
	}

	@Test
	void serverWithoutLimitAcceptsAll() {
		for (int i = 0; i < 100; i++) {
			assertThat(this.limit.tryAcquire(UNNAMED, Duration.ZERO)).isTrue();
		}
		assertThat(this.limit.waiting(UNNAMED)).isZero();
		assertThat(this.limit.rejected(UNNAMED)).isZero();
		this.limit.release(UNNAMED);
	}

	@Test
	void interruptedThreadIsRejectedAndStaysInterrupted() {
		Thread.currentThread().interrupt();
		assertThat(this.limit.tryAcquire(FIRST, Duration.ofDays(1))).isFalse();
		assertThat(Thread.interrupted()).isTrue();
	}

}
