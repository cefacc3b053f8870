package com.foobar.routing.monitor;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class JdbcProbeTests {

	@ParameterizedTest
	@CsvSource({ "jdbc:mysql://db/foobar, jdbc:mysql://db/",
			"jdbc:mysql://db:3307/foobar?a=b, jdbc:mysql://db:3307/?a=b",
			"jdbc:mysql://db/foobar?connectTimeout=5000, jdbc:mysql://db/",
			"jdbc:mysql://db/foobar?connectTimeout=5000&a=b, jdbc:mysql://db/?a=b",
			"jdbc:mysql://db/foobar?a=b&socketTimeout=1&c=d&connectTimeout=2, jdbc:mysql://db/?a=b&c=d",
			"jdbc:mysql://db, jdbc:mysql://db", "jdbc:mysql://db/?a=b, jdbc:mysql://db/?a=b" })
	void probesWithoutDatabaseAndWithItsOwnTimeouts(String url, String expected) {
		assertThat(JdbcProbe.monitoringUrl(url)).isEqualTo(expected);
	}

}
