package com.foobar.routing.autoconfigure;

import java.util.Properties;

import com.foobar.routing.Consistency;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UrlPrerequisitesTests {

	private static final String REPLICA = "read-replica-routing.replicas[0].url";

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"jdbc:mysql:replication://one:3307,two,three/shop?sslMode=REQUIRED | is jdbc:mysql:replication://one:3307,two,three/shop, which leads to 3 servers | spring.datasource.url=jdbc:mysql://one:3307/shop, read-replica-routing.replicas[0].url=jdbc:mysql://two/shop, read-replica-routing.replicas[1].url=jdbc:mysql://three/shop",
			"jdbc:mysql:loadbalance://one,two/shop | leads to 2 servers | spring.datasource.url=jdbc:mysql://one/shop, read-replica-routing.replicas[0].url=jdbc:mysql://two/shop",
			"jdbc:mysql://one,two/shop | leads to 2 servers | read-replica-routing.primary-discovery to read-only-flag",
			"jdbc:mysql:replication://address=(type=source)(host=one)(password=secret),address=(type=replica)(host=two)/shop | is jdbc:mysql:replication://one,two/shop | jdbc:mysql://two/shop",
			"jdbc:mysql+srv://shop.example.com/shop | leads to several servers | spring.datasource.url=jdbc:mysql://PRIMARY-HOST/shop",
			"jdbc:p6spy:mysql:replication://one,two/shop | leads to 2 servers | spring.datasource.url=jdbc:p6spy:mysql://one/shop",
			"jdbc:tc:mysql:9.7:///shop | begins with jdbc:tc: | @ServiceConnection",
			"jdbc:mysql://db/shop?trackSessionState=false | spring.datasource.url has trackSessionState=false; expected true | Remove trackSessionState",
			"jdbc:otel:mysql://db/shop?TRACKSESSIONSTATE=no | has trackSessionState=no | consistency=eventual",
			"jdbc:mariadb://db/shop | MariaDB's own driver | jdbc:mysql:",
			"jdbc:p6spy:mariadb://db/shop | MariaDB's own driver | jdbc:mysql:",
			"jdbc:p6spy:postgresql://db/shop | begins with jdbc:p6spy: | supports the replication of MySQL and MariaDB only",
			"jdbc:mysqlx://db/shop | begins with jdbc:mysqlx: | jdbc:mysql://",
			"jdbc:acme://db/shop | begins with jdbc:acme: | eventual" })
	void rejectsAPrimaryWhoseCommitsOrServerAreUnknown(String url, String found, String remedy) {
		assertThatThrownBy(() -> UrlPrerequisites.requirePrimary(url, null, Consistency.READ_YOUR_WRITES))
			.asInstanceOf(InstanceOfAssertFactories.type(InvalidRoutingConfigurationException.class))
			.satisfies((failure) -> assertThat(failure.getMessage() + failure.getAction())
				.contains(found, "expected", remedy)
				.doesNotContain("secret", "sslMode"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:mysql://db/shop", "jdbc:mysql://user:a,b@db:3307/shop?trackSessionState=true",
			"jdbc:p6spy:mysql://db/shop", "jdbc:otel:mysql://db/shop", "jdbc:acme:mysql://db/shop",
			"jdbc:mysql://address=(host=db)(port=3306)/shop", "jdbc:mysql://[::1]:3307/shop",
			"jdbc:mysql://db/shop?trackSessionState=yes" })
	void acceptsOneServerOfConnectorJ(String url) {
		assertThatNoException()
			.isThrownBy(() -> UrlPrerequisites.requirePrimary(url, null, Consistency.READ_YOUR_WRITES));
		assertThatNoException().isThrownBy(() -> UrlPrerequisites.requireReplica(REPLICA, url, true));
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:mysql://db/shop?trackSessionState=false", "jdbc:mariadb://db/shop",
			"jdbc:acme://db/shop" })
	void acceptsMoreIfEventual(String url) {
		assertThatNoException().isThrownBy(() -> UrlPrerequisites.requirePrimary(url, null, Consistency.EVENTUAL));
	}

	@Test
	void rejectsAPoolThatDisablesCommitTracking() {
		Properties pool = new Properties();
		pool.setProperty("trackSessionState", "false");
		assertThatThrownBy(
				() -> UrlPrerequisites.requirePrimary("jdbc:mysql://db/", pool, Consistency.READ_YOUR_WRITES))
			.hasMessageContaining("data-source-properties of the primary's pool have trackSessionState=false");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', value = {
			"jdbc:mysql:loadbalance://one,two/shop | is jdbc:mysql:loadbalance://one,two/shop, which leads to 2 servers | read-replica-routing.replicas[0].url=jdbc:mysql://one/shop, read-replica-routing.replicas[1].url=jdbc:mysql://two/shop",
			"jdbc:mysql://one,two/shop | leads to 2 servers | jdbc:mysql://two/shop",
			"jdbc:mysql+srv://shop.example.com/shop | leads to several servers | jdbc:mysql://REPLICA-HOST/shop",
			"jdbc:tc:mysql:9.7:///shop | begins with jdbc:tc: | enabled=false",
			"mysql://app:secret@db/shop | is not a JDBC URL | Set read-replica-routing.replicas[0].url" })
	void rejectsAReplicaUrlOfSeveralServers(String url, String found, String remedy) {
		assertThatThrownBy(() -> UrlPrerequisites.requireReplica(REPLICA, url, false))
			.asInstanceOf(InstanceOfAssertFactories.type(InvalidRoutingConfigurationException.class))
			.satisfies((failure) -> assertThat(failure.getMessage() + failure.getAction())
				.contains(REPLICA, found, "expected", remedy)
				.doesNotContain("secret"));
	}

	@Test
	void rejectsAReplicaThatMayBecomeThePrimaryWithoutCommitTracking() {
		String url = "jdbc:mysql://db/shop?trackSessionState=false";
		assertThatNoException().isThrownBy(() -> UrlPrerequisites.requireReplica(REPLICA, url, false));
		assertThatThrownBy(() -> UrlPrerequisites.requireReplica(REPLICA, url, true))
			.hasMessageContaining(REPLICA + " has trackSessionState=false");
	}

}
