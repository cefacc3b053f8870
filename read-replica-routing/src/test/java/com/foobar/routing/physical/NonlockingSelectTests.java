package com.foobar.routing.physical;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class NonlockingSelectTests {

	@ParameterizedTest
	@ValueSource(strings = { "SELECT 1", "select n from note where id = ?", "\n\t Select update_time FROM t",
			"select forward from update_log" })
	void queryWithoutLocks(String sql) {
		assertThat(NonlockingSelect.matches(sql)).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "UPDATE t SET n = 1", "START TRANSACTION", "CALL p()", "SELECT n FROM t FOR UPDATE",
			"select n from t for\n share", "SELECT n FROM t LOCK IN SHARE MODE", "SELECT n INTO @n FROM t",
			"SELECT 1; DELETE FROM t", "SELECT n FROM t FOR/**/UPDATE", "/* ours */ SELECT 1",
			"SELECT 'wait for update'" })
	void anythingElse(String sql) {
		assertThat(NonlockingSelect.matches(sql)).isFalse();
	}

}
