package com.foobar.routing.connection;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus.Cause;
import com.foobar.routing.NodeStatus.Eligible;
import com.foobar.routing.NodeStatus.Ineligible;
import com.foobar.routing.TopologySnapshot;
import com.foobar.routing.servers.RecordingDriver;
import com.zaxxer.hikari.HikariDataSource;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Metadata of connections that are not open.
 */
class MetadataCacheTests {

	private final List<HikariDataSource> pools = new ArrayList<>();

	private TopologySnapshot snapshot = topology("one", "two");

	private final RoutingDataSource dataSource = RoutingDataSourceBuilder
		.create(() -> this.snapshot, new DatabaseNode("one", Role.PRIMARY), pool("one"))
		.replica(new DatabaseNode("two", Role.REPLICA), pool("two"))
		.rolesMayChange()
		.build();

	@BeforeEach
	void reset() {
		RecordingDriver.reset();
	}

	@AfterEach
	void close() {
		this.pools.forEach(HikariDataSource::close);
	}

	@Test
	void metadataIsThatOfTheNewPrimaryAfterAFailover() throws SQLException {
		assertThat(url()).isEqualTo(RecordingDriver.url("one"));
		assertThat(url()).isEqualTo(RecordingDriver.url("one"));
		this.snapshot = topology("two", "one");
		assertThat(url()).isEqualTo(RecordingDriver.url("two"));
		this.snapshot = topology("one", "two");
		assertThat(url()).isEqualTo(RecordingDriver.url("one"));
	}

	@Test
	void metadataStaysWhileTheNewPrimaryDoesNotRespond() throws SQLException {
		assertThat(url()).isEqualTo(RecordingDriver.url("one"));
		try (Connection connection = this.dataSource.getConnection()) {
			assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
		}
		this.snapshot = new TopologySnapshot(
				new NodeState(new DatabaseNode("two", Role.PRIMARY), new Ineligible(Cause.UNREACHABLE, "refused")),
				List.of());
		assertThat(url()).isEqualTo(RecordingDriver.url("one"));
		try (Connection connection = this.dataSource.getConnection()) {
			assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_REPEATABLE_READ);
		}
	}

	@Test
	void cacheIsBounded() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			DatabaseMetaData metaData = connection.getMetaData();
			for (int type = 0; type < 1000; type++) {
				metaData.supportsConvert(type, type);
			}
		}
		assertThat(this.dataSource.metadata()).extracting("current.values")
			.asInstanceOf(InstanceOfAssertFactories.map(Object.class, Object.class))
			.hasSizeBetween(1, 256);
	}

	private String url() throws SQLException {
		try (Connection connection = this.dataSource.getConnection()) {
			return connection.getMetaData().getURL();
		}
	}

	private static TopologySnapshot topology(String primary, String replica) {
		return new TopologySnapshot(new NodeState(new DatabaseNode(primary, Role.PRIMARY), new Eligible(Duration.ZERO)),
				List.of(new NodeState(new DatabaseNode(replica, Role.REPLICA), new Eligible(Duration.ZERO))));
	}

	private HikariDataSource pool(String name) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(RecordingDriver.url(name));
		pool.setMaximumPoolSize(1);
		this.pools.add(pool);
		return pool;
	}

}
