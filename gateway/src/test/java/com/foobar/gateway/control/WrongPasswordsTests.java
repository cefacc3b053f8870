package com.foobar.gateway.control;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WrongPasswordsTests {

	// Whatever nanoTime begins with.
	private static final long NOW = Long.MAX_VALUE - 5;

	private final WrongPasswords wrong = new WrongPasswords();

	@Test
	void allowsSomeAndThenOneInAWhile() {
		for (int i = 0; i < WrongPasswords.BURST; i++) {
			assertThat(this.wrong.allow("a", NOW)).as("after %d", i).isTrue();
			this.wrong.wrong("a", NOW);
		}
		assertThat(this.wrong.allow("a", NOW)).isFalse();
		long later = NOW + WrongPasswords.PAUSE.toNanos();
		assertThat(this.wrong.allow("a", later)).isTrue();
		this.wrong.wrong("a", later);
		assertThat(this.wrong.allow("a", later)).isFalse();
	}

	@Test
	void holdsNothingAgainstOthers() {
		for (int i = 0; i < WrongPasswords.BURST; i++) {
			this.wrong.wrong("a", NOW);
		}
		assertThat(this.wrong.allow("b", NOW)).isTrue();
	}

	@Test
	void forgets() {
		for (int i = 0; i < 3 * WrongPasswords.BURST; i++) {
			this.wrong.wrong("a", NOW);
		}
		long later = NOW + WrongPasswords.PAUSE.multipliedBy(3L * WrongPasswords.BURST).toNanos();
		this.wrong.wrong("a", later);
		assertThat(this.wrong.allow("a", later)).isTrue();
	}

	@Test
	void remembersNoMoreThanSoMany() {
		for (int i = 0; i < WrongPasswords.BURST; i++) {
			this.wrong.wrong("a", NOW);
		}
		for (int i = 0; i < 1000; i++) {
			this.wrong.wrong("b" + i, NOW);
		}
		assertThat(this.wrong.allow("a", NOW)).isTrue();
	}

}
