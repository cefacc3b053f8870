package com.foobar.routing.autoconfigure;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class NodeNameTests {

	@ParameterizedTest
	@CsvSource({ "jdbc:mysql://mysql-replica-1/foobar, mysql-replica-1", "jdbc:mysql://db:3306/foobar?a=b, db",
			"jdbc:mysql://127.0.0.1:13306/foobar, 127.0.0.1:13306", "jdbc:mysql://db, db", "jdbc:mysql://db?a=b, db",
			"jdbc:mysql://[::1]:3307/foobar, [::1]:3307", "jdbc:mysql://user:secret@db/foobar, db",
			"jdbc:mariadb://db/foobar, db", "'jdbc:mysql://one,two/foobar', otherwise",
			"jdbc:mysql://address=(host=db)/foobar, otherwise", "jdbc:mysql:///foobar, otherwise",
			"jdbc:h2:mem:test, otherwise" })
	void nameIsTheHost(String url, String name) {
		assertThat(NodeName.of(url, "otherwise")).isEqualTo(name);
	}

}
