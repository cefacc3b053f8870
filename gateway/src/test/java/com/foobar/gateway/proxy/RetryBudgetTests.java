package com.foobar.gateway.proxy;

import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RetryBudgetTests {

	@Test
	void startsWithItsBurst() {
		assertThat(spend(new RetryBudget(20, 10), 50)).isEqualTo(10);
	}

	@Test
	void growsWithRequests() {
		RetryBudget budget = new RetryBudget(20, 10);
		spend(budget, 10);
		earn(budget, 24);
		assertThat(spend(budget, 50)).isEqualTo(4);
	}

	@Test
	void accumulatesNoMoreThanItsBurst() {
		RetryBudget budget = new RetryBudget(20, 10);
		earn(budget, 10_000);
		assertThat(spend(budget, 50)).isEqualTo(10);
	}

	@Test
	void limitsRetriesDuringALongFailure() {
		RetryBudget budget = new RetryBudget(20, 100);
		long retries = IntStream.range(0, 10_000).filter((i) -> {
			budget.earn();
			return budget.spend();
		}).count();
		assertThat(retries).isBetween(2000L, 2101L);
	}

	private static void earn(RetryBudget budget, int requests) {
		IntStream.range(0, requests).forEach((i) -> budget.earn());
	}

	private static long spend(RetryBudget budget, int tries) {
		return IntStream.range(0, tries).filter((i) -> budget.spend()).count();
	}

}
