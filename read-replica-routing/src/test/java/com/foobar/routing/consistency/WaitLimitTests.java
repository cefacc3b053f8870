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
	void asManyWaitAsMayAndTheOthersAreCounted() {
		assertThat(this.limit.enter(FIRST, Duration.ZERO)).isTrue();
		assertThat(this.limit.enter(FIRST, Duration.ZERO)).isFalse();
		assertThat(this.limit.waiting(FIRST)).isEqualTo(1);
		assertThat(this.limit.refused(FIRST)).isEqualTo(1);
		this.limit.leave(FIRST);
		assertThat(this.limit.waiting(FIRST)).isZero();
		assertThat(this.limit.enter(FIRST, Duration.ZERO)).isTrue();
	}

	@Test
	void seatThatBecomesFreeIsTakenByWhoeverStandsInLine() {
		assertThat(this.limit.enter(FIRST, Duration.ZERO)).isTrue();
		CompletableFuture<Boolean> inLine = CompletableFuture
			.supplyAsync(() -> this.limit.enter(FIRST, Duration.ofSeconds(30)));
		this.limit.leave(FIRST);
		assertThat(inLine.orTimeout(30, TimeUnit.SECONDS).join()).isTrue();
	}

	@Test
	void nobodyStandsInLineWhereThereIsNoSeatAtAll() {
		assertThat(this.limit.enter(SECOND, Duration.ofDays(1))).isFalse();
		assertThat(this.limit.refused(SECOND)).isEqualTo(1);
	}

	@Test
	void serverWithoutLimitTakesAll() {
		for (int i = 0; i < 100; i++) {
			assertThat(this.limit.enter(UNNAMED, Duration.ZERO)).isTrue();
		}
		assertThat(this.limit.waiting(UNNAMED)).isZero();
		assertThat(this.limit.refused(UNNAMED)).isZero();
		this.limit.leave(UNNAMED);
	}

	@Test
	void interruptedThreadIsRefusedAndStaysInterrupted() {
		Thread.currentThread().interrupt();
		assertThat(this.limit.enter(FIRST, Duration.ofDays(1))).isFalse();
		assertThat(Thread.interrupted()).isTrue();
	}

}
