package com.foobar.routing.url;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class JdbcUrlTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", value = {
			"jdbc:mysql://db/shop?a=b | mysql | '' | jdbc:mysql://db/shop?a=b",
			"jdbc:p6spy:mysql://db/shop?a=b | mysql | p6spy | jdbc:mysql://db/shop?a=b",
			"jdbc:otel:p6spy:mysql://db/shop | mysql | otel,p6spy | jdbc:mysql://db/shop",
			"jdbc:otel:mariadb://db/shop | mariadb | otel | jdbc:mariadb://db/shop",
			"jdbc:log4jdbc:mysql://db/shop | mysql | log4jdbc | jdbc:log4jdbc:mysql://db/shop",
			"jdbc:tc:mysql:9.7:///shop | mysql | tc | jdbc:tc:mysql:9.7:///shop",
			"jdbc:postgresql://db/shop | postgresql | '' | jdbc:postgresql://db/shop",
			"jdbc:oracle:thin:app/secret@db:1521:shop | oracle | '' | jdbc:oracle:thin:app/secret@db:1521:shop" })
	void findsTheDriverBelowWrappers(String url, String driver, String wrappers, String unwrapped) {
		JdbcUrl parts = JdbcUrl.of(url);
		assertThat(parts.driver()).isEqualTo(driver);
		assertThat(String.join(",", parts.wrappers())).isEqualTo(wrappers);
		assertThat(parts.unwrapped()).isEqualTo(unwrapped);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			value = { "jdbc:mysql://db/shop | db", "jdbc:mysql://db:3307/shop | db:3307",
					"jdbc:mysql://one,two:3307/shop | one two:3307", "jdbc:mysql://[one,two]/shop | one two",
					"jdbc:mysql://[::1]:3307/shop | [::1]:3307", "jdbc:mysql://[[::1]:1,[::2]]/ | [::1]:1 [::2]",
					"jdbc:mysql://user:se,cret@one,two/shop | one two",
					"jdbc:mysql://address=(host=one)(port=1),address=(type=replica)(host=two)/shop | one:1 two",
					"jdbc:mysql://(host=one,port=1,password=p@q),(host=two)/shop | one:1 two",
					"jdbc:mysql:///shop | ''", "jdbc:mysql:replication://one,two | one two" })
	void findsTheServers(String url, String hosts) {
		assertThat(String.join(" ", JdbcUrl.of(url).hosts())).isEqualTo(hosts);
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:mysql:replication://one,two/shop", "jdbc:mysql:loadbalance://one/shop",
			"jdbc:mysql://one,two/shop", "jdbc:mysql://[one,two]/shop", "jdbc:mysql+srv://shop.example.com/shop",
			"jdbc:mysql+srv:replication://shop.example.com/shop", "jdbc:p6spy:mysql:replication://one,two/shop",
			"jdbc:mariadb:sequential:one,two/shop", "jdbc:MySQL:Replication://one,two/shop" })
	void detectsThatTheDriverSelectsTheServer(String url) {
		assertThat(JdbcUrl.of(url).leadsToSeveralServers()).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:mysql://db/shop", "jdbc:mysql:///shop", "jdbc:mysql://u:a,b@db/shop?x=(a,b)",
			"jdbc:mysql://[2001:db8::1]/shop", "jdbc:mysql://address=(host=db)(port=1)/shop", "jdbc:otel:mysql://db/" })
	void detectsThatThereIsOneServer(String url) {
		assertThat(JdbcUrl.of(url).leadsToSeveralServers()).isFalse();
	}

	@Test
	void parsesParametersAsTheDriverDoes() {
		var parameters = JdbcUrl
			.of("jdbc:mysql://db/shop?TrackSessionState=false&connectionTimeZone=Asia%2FTokyo&x&=y#z")
			.parameters();
		assertThat(parameters.get("trackSessionState")).isEqualTo("false");
		assertThat(parameters.get("connectionTimeZone")).isEqualTo("Asia/Tokyo");
		assertThat(parameters).hasSize(3).containsEntry("x", "");
	}

	@Test
	void textContainsNoSecret() {
		assertThat(
				JdbcUrl.of("jdbc:mysql:replication://app:secret@one,(host=two,password=secret)/shop?password=secret"))
			.hasToString("jdbc:mysql:replication://one,two/shop");
	}

}
