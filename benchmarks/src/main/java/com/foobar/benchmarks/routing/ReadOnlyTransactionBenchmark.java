package com.foobar.benchmarks.routing;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus.Eligible;
import com.foobar.routing.RoutingDataSource;
import com.foobar.routing.TopologySnapshot;
import com.foobar.routing.connection.PhysicalDataSource;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One read-only transaction with one statement, from Spring's transaction manager through
 * a HikariCP pool to a driver that answers at once: what it costs to have the transaction
 * routed, beside the same without routing and with Spring's own lazy proxy.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(2)
public class ReadOnlyTransactionBenchmark {

	/** Who stands between the transaction manager and the pools. */
	@Param({ "none", "spring-lazy-proxy", "read-replica-routing" })
	@SuppressWarnings("NullAway.Init")
	String contender;

	@SuppressWarnings("NullAway.Init")
	private HikariDataSource primary;

	@SuppressWarnings("NullAway.Init")
	private HikariDataSource replica;

	@SuppressWarnings("NullAway.Init")
	private DataSource dataSource;

	@SuppressWarnings("NullAway.Init")
	private TransactionTemplate transaction;

	@Setup
	public void setUp() {
		this.primary = pool(false);
		this.replica = pool(true);
		this.dataSource = switch (this.contender) {
			case "none" -> this.primary;
			case "spring-lazy-proxy" -> springLazyProxy();
			case "read-replica-routing" -> readReplicaRouting();
			default -> throw new IllegalArgumentException("Unknown contender " + this.contender);
		};
		this.transaction = new TransactionTemplate(new DataSourceTransactionManager(this.dataSource));
		this.transaction.setReadOnly(true);
	}

	private DataSource springLazyProxy() {
		LazyConnectionDataSourceProxy proxy = new LazyConnectionDataSourceProxy(this.primary);
		proxy.setReadOnlyDataSource(this.replica);
		proxy.setDefaultAutoCommit(true);
		proxy.setDefaultTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
		return proxy;
	}

	private DataSource readReplicaRouting() {
		DatabaseNode primary = new DatabaseNode("primary", Role.PRIMARY);
		DatabaseNode replica = new DatabaseNode("replica", Role.REPLICA);
		TopologySnapshot snapshot = new TopologySnapshot(new NodeState(primary, new Eligible(Duration.ZERO)),
				List.of(new NodeState(replica, new Eligible(Duration.ZERO))));
		return RoutingDataSource.builder(() -> snapshot, primary, this.primary).replica(replica, this.replica).build();
	}

	@TearDown
	public void tearDown() {
		this.primary.close();
		this.replica.close();
	}

	@Benchmark
	public boolean transaction() {
		return Boolean.TRUE.equals(this.transaction.execute((status) -> {
			Connection connection = DataSourceUtils.getConnection(this.dataSource);
			try (PreparedStatement statement = connection.prepareStatement("SELECT 1")) {
				return statement.execute();
			}
			catch (SQLException ex) {
				throw new IllegalStateException(ex);
			}
			finally {
				DataSourceUtils.releaseConnection(connection, this.dataSource);
			}
		}));
	}

	private HikariDataSource pool(boolean readOnly) {
		HikariConfig config = new HikariConfig();
		config.setMaximumPoolSize(4);
		config.setReadOnly(readOnly);
		if (this.contender.equals("read-replica-routing")) {
			PhysicalDataSource.prepare(config, new StubDriver());
		}
		else {
			config.setDataSource(new StubDriver());
		}
		return new HikariDataSource(config);
	}

}
