package com.foobar.gateway.control;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WrongPasswordsTests {

	// Whatever nanoTime begins with.
	private static final long NOW = Long.MAX_VALUE - 5;

	private final WrongPasswords wrong = new WrongPasswords();

	@Test
	void allowsSomeAndThenOneInAWhile() {
		exhaust("a", NOW);
		long later = NOW + WrongPasswords.PAUSE.toNanos();
		assertThat(this.wrong.attempt("a", later)).isTrue();
		assertThat(this.wrong.attempt("a", later)).isFalse();
	}

	@Test
	void holdsNothingAgainstOthers() {
		exhaust("a", NOW);
		assertThat(this.wrong.attempt("b", NOW)).isTrue();
	}

	@Test
	void holdsNoRightOneAgainstAnybody() {
		for (int i = 0; i < 3 * WrongPasswords.BURST; i++) {
			assertThat(this.wrong.attempt("a", NOW)).as("after %d", i).isTrue();
			this.wrong.right("a");
		}
	}

	@Test
	void forgets() {
		exhaust("a", NOW);
		exhaust("a", NOW + WrongPasswords.PAUSE.multipliedBy(WrongPasswords.BURST).toNanos());
	}

	@Test
	void remembersNoMoreThanSoMany() {
		exhaust("a", NOW);
		for (int i = 0; i < 1000; i++) {
			this.wrong.attempt("b" + i, NOW);
		}
		assertThat(this.wrong.attempt("a", NOW)).isTrue();
	}

	private void exhaust(String address, long now) {
		for (int i = 0; i < WrongPasswords.BURST; i++) {
			assertThat(this.wrong.attempt(address, now)).as("after %d", i).isTrue();
		}
		assertThat(this.wrong.attempt(address, now)).isFalse();
	}

}
