package com.foobar.web.problem;

import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLTransientConnectionException;
import java.util.stream.Stream;

import org.hibernate.TransactionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseOutageTests {

	@ParameterizedTest
	@MethodSource
	void recognizesTransientFailures(SQLException cause) {
		assertThat(DatabaseOutage.causes(new IllegalStateException("wrapped", new RuntimeException(cause)))).isTrue();
	}

	static Stream<SQLException> recognizesTransientFailures() {
		return Stream.of(new SQLTransientConnectionException("pool timed out"),
				new SQLException("Communications link failure", "08S01"),
				new SQLException("running with --read-only", "HY000", 1290),
				new SQLException("Deadlock found", "40001", 1213));
	}

	@Test
	void recognizesAFailedRollbackAsALostConnection() {
		assertThat(DatabaseOutage.causes(new IllegalStateException(
				new TransactionException("Unable to rollback", new SQLException("Connection is closed")))))
			.isTrue();
	}

	@Test
	void reportsTheReasonInOneLine() {
		assertThat(DatabaseOutage
			.reason(new IllegalStateException("read", new SQLException("Link failure\n\nThe last packet", "08S01"))))
			.isEqualTo("Link failure");
	}

	@ParameterizedTest
	@MethodSource
	void ignoresOtherFailures(Throwable failure) {
		assertThat(DatabaseOutage.causes(failure)).isFalse();
	}

	static Stream<Throwable> ignoresOtherFailures() {
		return Stream.of(new IllegalStateException("no database in it"),
				new RuntimeException(new SQLIntegrityConstraintViolationException("Duplicate entry", "23000", 1062)),
				new RuntimeException(new SQLException("Unknown column", "42S22", 1054)));
	}

}
