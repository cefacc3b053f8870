package com.foobar.routing.autoconfigure;

import java.util.Map;
import java.util.Properties;

import com.foobar.routing.url.JdbcUrl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class DriverSettingsTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "-", value = {
			"connectionTimeZone=Asia/Tokyo&tinyInt1isBit=false | - | {connectionTimeZone=Asia/Tokyo, tinyInt1isBit=false}",
			"connectionTimeZone=Asia%2FTokyo | connectionTimeZone=UTC | {}",
			"serverTimezone=Asia/Tokyo | ConnectionTimeZone=UTC | {}", "sslMode=VERIFY_IDENTITY | useSSL=false | {}",
			"useSSL=true&requireSSL=true | sslMode=REQUIRED | {}",
			"user=app&password=secret&sslMode=REQUIRED | - | {sslMode=REQUIRED}",
			"socketFactory=com.example.Cloud&cloudSqlInstance=primary&useAffectedRows=true | - | {useAffectedRows=true}",
			"serverRSAPublicKeyFile=/primary.pem | - | {}",
			"trustCertificateKeyStoreUrl=file:a&trustCertificateKeyStorePassword=x | trustCertificateKeyStoreUrl=file:b | {}" })
	void copiesPropertiesThatTheReplicaDoesNotSet(String primary, String replica, String carried) {
		DriverSettings settings = settings("jdbc:mysql://p/shop?" + primary,
				"jdbc:mysql://r/shop" + ((replica != null) ? "?" + replica : ""));
		assertThat(new java.util.TreeMap<>(settings.properties())).hasToString(carried);
		assertThat(settings.copied()).hasSize(settings.properties().size());
	}

	@Test
	void copiesNothingBetweenDrivers() {
		assertThat(settings("jdbc:mysql://p/shop?tinyInt1isBit=false", "jdbc:mariadb://r/shop").properties()).isEmpty();
		assertThat(settings("jdbc:mariadb://p/shop?tinyInt1isBit=false", "jdbc:mysql://r/shop").properties()).isEmpty();
		assertThat(settings("jdbc:p6spy:mysql://p/?tinyInt1isBit=false", "jdbc:mysql://r/").properties()).hasSize(1);
	}

	@Test
	void replicaOverridesThePrimarysUrlWhichOverridesThePrimarysPool() {
		Properties pool = new Properties();
		pool.setProperty("tinyInt1isBit", "true");
		pool.setProperty("sslMode", "PREFERRED");
		pool.setProperty("useSSL", "true");
		pool.setProperty("com.example.own", "kept");
		DriverSettings settings = new DriverSettings(
				JdbcUrl.of("jdbc:mysql://p/?tinyInt1isBit=false&connectionTimeZone=UTC"), pool,
				JdbcUrl.of("jdbc:mysql://r/?sslMode=REQUIRED"), Map.of("serverTimezone", "Asia/Tokyo"));
		assertThat(settings.properties()).containsOnly(Map.entry("tinyInt1isBit", "false"),
				Map.entry("com.example.own", "kept"));
	}

	@Test
	void reportsPropertiesThatChangeResults() {
		assertThat(settings("jdbc:mysql://p/?sslMode=VERIFY_CA&useAffectedRows=true&tinyInt1isBit=false",
				"jdbc:mysql://r/?sslMode=DISABLED&connectionTimeZone=UTC&useAffectedRows=false&tinyInt1isBit=FALSE&password=secret")
			.differences())
			.containsExactly("connectionTimeZone=UTC instead of the default", "sslMode=DISABLED instead of VERIFY_CA");
	}

	private static DriverSettings settings(String primary, String replica) {
		return new DriverSettings(JdbcUrl.of(primary), new Properties(), JdbcUrl.of(replica), Map.of());
	}

}
