package com.foobar.routing.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;

import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus.Cause;
import com.foobar.routing.NodeStatus.Eligible;
import com.foobar.routing.NodeStatus.Ineligible;
import com.foobar.routing.PrimaryFallbackLimitException;
import com.foobar.routing.RoutingDecision;
import com.foobar.routing.RoutingDecision.Reason;
import com.foobar.routing.TopologySnapshot;
import com.foobar.routing.gtid.GtidSet;
import com.foobar.routing.physical.PhysicalConnection;
import com.foobar.routing.servers.RecordingDriver;
import com.zaxxer.hikari.HikariDataSource;
import org.junit.jupiter.api.Test;

import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which statements reach which server.
 */
class RoutingDataSourceTests extends RoutingDataSourceTestSupport {

	@Test
	void replicaIsLeftWhenTheConnectionIsNoLongerReadOnly() throws SQLException {
		try (Connection connection = dataSource().getConnection()) {
			connection.setReadOnly(true);
			connection.setAutoCommit(false);
			execute(connection, "SELECT 1");
			connection.commit();
			connection.setReadOnly(false);
			execute(connection, "UPDATE 1");
			connection.commit();
		}
		assertThat(RecordingDriver.sent("first")).containsExactly("SET autocommit=0", "SELECT 1", "COMMIT");
		assertThat(RecordingDriver.sent("primary")).containsExactly("SET autocommit=0", "UPDATE 1", "COMMIT");
		assertThat(this.pools.get(1).getHikariPoolMXBean().getActiveConnections()).isZero();
	}

	@Test
	void replicaIsNotLeftInTheMiddleOfATransaction() throws SQLException {
		try (Connection connection = dataSource().getConnection()) {
			connection.setReadOnly(true);
			connection.setAutoCommit(false);
			execute(connection, "SELECT 1");
			connection.setReadOnly(false);
			execute(connection, "SELECT 2");
			connection.commit();
			execute(connection, "UPDATE 1");
			connection.commit();
		}
		assertThat(RecordingDriver.sent("first")).containsExactly("SET autocommit=0", "SELECT 1", "SELECT 2", "COMMIT");
		assertThat(RecordingDriver.sent("primary")).containsExactly("SET autocommit=0", "UPDATE 1", "COMMIT");
	}

	@Test
	void failedAcquisitionTriesTheNextReplicaAndThenThePrimary() {
		this.snapshot = new TopologySnapshot(state(PRIMARY), List.of(state(FIRST), state(SECOND)));
		RecordingDriver.down("first");
		RecordingDriver.down("second");
		transaction(true).executeWithoutResult((status) -> new JdbcTemplate(dataSource()).execute("SELECT 1"));
		assertThat(this.failures).containsExactlyInAnyOrder(FIRST, SECOND);
		assertThat(this.decisions).containsExactly(new RoutingDecision(PRIMARY, Reason.NO_ELIGIBLE_REPLICA));
		assertThat(RecordingDriver.sent("primary")).contains("SELECT 1");
	}

	/** A connection of this driver leads to the server in its URL. */
	@Test
	void readDoesNotRunOnAServerThatWasNotProbed() {
		this.snapshot = new TopologySnapshot(state(PRIMARY),
				List.of(new NodeState(FIRST, new Eligible(Duration.ZERO), GtidSet.NONE, "another"),
						new NodeState(SECOND, new Eligible(Duration.ZERO), GtidSet.NONE, "second")));
		for (int read = 0; read < 2; read++) {
			transaction(true).executeWithoutResult((status) -> new JdbcTemplate(dataSource()).execute("SELECT 1"));
		}
		assertThat(RecordingDriver.sent("first")).doesNotContain("SELECT 1");
		assertThat(RecordingDriver.sent("second")).contains("SELECT 1");
		assertThat(this.failures).as("is out for everybody, with a reason").containsExactly(FIRST);
		assertThat(this.decisions).containsOnly(new RoutingDecision(SECOND, Reason.READ_ONLY));
	}

	@Test
	void failureNamesTheNodeTheReasonAndTheRemedy() {
		this.snapshot = new TopologySnapshot(
				new NodeState(PRIMARY, new Ineligible(Cause.UNREACHABLE, "unreachable: refused")), List.of());
		assertThatExceptionOfType(SQLTransientConnectionException.class)
			.isThrownBy(() -> execute(dataSource().getConnection(), "UPDATE 1"))
			.withMessageContaining("A statement outside a transaction needs the primary primary (unreachable: refused)")
			.satisfies((failure) -> assertThat(failure.getSQLState()).isEqualTo("08001"));
	}

	@Test
	void readOnlyFallbackOnThePrimaryIsReadOnlyThere() throws SQLException {
		this.snapshot = new TopologySnapshot(state(PRIMARY), List.of());
		try (Connection connection = dataSource().getConnection()) {
			connection.setReadOnly(true);
			execute(connection, "SELECT 1");
			assertThat(connection.unwrap(PhysicalConnection.class).isReadOnly()).isTrue();
			connection.setReadOnly(false);
			assertThat(connection.unwrap(PhysicalConnection.class).isReadOnly()).isFalse();
		}
	}

	@Test
	void readsOnThePrimaryAreCappedAndReleaseTheirPermit() throws SQLException {
		this.snapshot = new TopologySnapshot(state(PRIMARY), List.of());
		RoutingDataSource capped = RoutingDataSourceBuilder.create(() -> this.snapshot, PRIMARY, this.pools.get(0))
			.primaryFallbackLimit(new PrimaryFallbackLimit(1))
			.build();
		for (int i = 0; i < 3; i++) {
			try (Connection connection = capped.getConnection(); Connection second = capped.getConnection()) {
				connection.setReadOnly(true);
				execute(connection, "SELECT 1");
				second.setReadOnly(true);
				assertThatExceptionOfType(PrimaryFallbackLimitException.class)
					.isThrownBy(() -> execute(second, "SELECT 2"))
					.withMessageContaining("read-replica-routing.primary-fallback.max-concurrent")
					.satisfies((ex) -> assertThat(ex.getSQLState()).isEqualTo("08004"));
			}
		}
		assertThat(this.failures).isEmpty();
	}

	@Test
	void failureOfAListenerDoesNotAffectTheStatement() throws SQLException {
		RoutingDataSource failing = RoutingDataSourceBuilder.create(() -> this.snapshot, PRIMARY, this.pools.get(0))
			.listeners(List.of((decision) -> {
				throw new IllegalStateException("listener");
			}))
			.build();
		try (Connection connection = failing.getConnection()) {
			assertThatCode(() -> execute(connection, "SELECT 1")).doesNotThrowAnyException();
		}
	}

	@Test
	void metadataAndUnwrapDoNotBindTheConnection() throws SQLException {
		try (Connection connection = dataSource().getConnection()) {
			assertThat(connection.getMetaData().getURL()).isEqualTo(RecordingDriver.url("primary"));
			assertThat(connection.getMetaData().getConnection()).isSameAs(connection);
			assertThat(connection.isWrapperFor(Connection.class)).isTrue();
			assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
			assertThat(this.decisions).isEmpty();
			connection.setReadOnly(true);
			execute(connection, "SELECT 1");
		}
		assertThat(this.decisions).containsExactly(new RoutingDecision(FIRST, Reason.READ_ONLY));
	}

	@Test
	void unwrapsToItselfAndToThePrimarysPool() throws SQLException {
		assertThat(dataSource().unwrap(RoutingDataSource.class)).isSameAs(this.dataSource);
		assertThat(dataSource().unwrap(HikariDataSource.class)).isSameAs(this.pools.get(0));
		assertThat(DataSourceUnwrapper.unwrapRoot(dataSource())).isSameAs(this.pools.get(0));
		assertThat(dataSource().isWrapperFor(com.zaxxer.hikari.HikariConfigMXBean.class))
			.as("pool metrics would count the primary's pool twice")
			.isFalse();
	}

	@Test
	void refusesConnectionsForOtherAccounts() {
		assertThatExceptionOfType(SQLFeatureNotSupportedException.class)
			.isThrownBy(() -> dataSource().getConnection("other", "secret"));
	}

}
