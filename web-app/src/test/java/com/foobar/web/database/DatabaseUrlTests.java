package com.foobar.web.database;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DatabaseUrlTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			jdbc:mysql://mysql-primary:3306/foobar?sslMode=VERIFY_CA | mysql-primary
			jdbc:mysql://mysql-primary/foobar                        | mysql-primary
			jdbc:mysql://127.0.0.1:13306/foobar                      | 127.0.0.1:13306
			jdbc:mysql://[::1]:3307/foobar                           | [::1]:3307
			jdbc:mysql://a:3306,b:3306/foobar                        | a
			jdbc:mysql://user:secret@host/foobar                     | database
			jdbc:h2:mem:test                                         | database
			""")
	void namesTheServer(String url, String expected) {
		assertThat(DatabaseUrl.nodeName(url)).isEqualTo(expected);
	}

}
