package com.foobar.benchmarks.routing;

import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import javax.sql.DataSource;

import com.foobar.routing.Causality;
import com.foobar.routing.Consistency;
import com.foobar.routing.DatabaseNode;
import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus.Eligible;
import com.foobar.routing.RoutingListener;
import com.foobar.routing.TopologySnapshot;
import com.foobar.routing.connection.PrimaryFallbackLimit;
import com.foobar.routing.connection.RoutingDataSourceBuilder;
import com.foobar.routing.consistency.ExecutedGtids;
import com.foobar.routing.consistency.ThreadLocalCausality;
import com.foobar.routing.consistency.WaitLimit;
import com.foobar.routing.gtid.GtidSet;
import com.foobar.routing.micrometer.RoutingMetrics;
import com.foobar.routing.physical.PhysicalDataSource;
import com.foobar.routing.router.Selection;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * a HikariCP pool to a driver that returns at once: with routing, without it, and with
 * Spring's own lazy proxy.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 4, time = 1)
@Fork(2)
public class ReadOnlyTransactionBenchmark {

	private static final String WRITTEN = "3e11fa47-71ca-11e1-9e33-c80aa9429562:42";

	private static final GtidSet EXECUTED = GtidSet.parse("3e11fa47-71ca-11e1-9e33-c80aa9429562:1-1000");

	private static final DatabaseNode PRIMARY = new DatabaseNode("primary", Role.PRIMARY);

	private static final DatabaseNode REPLICA = new DatabaseNode("replica", Role.REPLICA);

	/** The DataSource between the transaction manager and the pools. */
	@Param
	@SuppressWarnings("NullAway.Init")
	Contender contender;

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
			case NONE -> this.primary;
			case LAZY_PROXY, TUNED_LAZY_PROXY -> springLazyProxy();
			case EVENTUAL -> readReplicaRouting(new ThreadLocalCausality(Consistency.EVENTUAL), false);
			case READ_REPLICA_ROUTING ->
				readReplicaRouting(new ThreadLocalCausality(Consistency.READ_YOUR_WRITES), false);
			case AFTER_A_WRITE -> readReplicaRouting(writer(), false);
			case METERED -> readReplicaRouting(writer(), true);
		};
		this.transaction = new TransactionTemplate(new DataSourceTransactionManager(this.dataSource));
		this.transaction.setReadOnly(true);
	}

	private DataSource springLazyProxy() {
		LazyConnectionDataSourceProxy proxy = new LazyConnectionDataSourceProxy(this.primary);
		proxy.setReadOnlyDataSource(this.replica);
		proxy.setDefaultAutoCommit(this.contender != Contender.TUNED_LAZY_PROXY);
		proxy.setDefaultTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
		return proxy;
	}

	/** One whose thread has written what the replica is known to have. */
	private static ThreadLocalCausality writer() {
		ThreadLocalCausality causality = new ThreadLocalCausality(Consistency.READ_YOUR_WRITES);
		causality.committed(WRITTEN);
		return causality;
	}

	/** As the auto-configuration makes it. */
	private DataSource readReplicaRouting(ThreadLocalCausality causality, boolean metered) {
		TopologySnapshot snapshot = new TopologySnapshot(new NodeState(PRIMARY, new Eligible(Duration.ZERO), EXECUTED),
				List.of(new NodeState(REPLICA, new Eligible(Duration.ZERO), EXECUTED)));
		return RoutingDataSourceBuilder.create(() -> snapshot, PRIMARY, this.primary)
			.replica(REPLICA, this.replica)
			.selection(Selection.ROUND_ROBIN, Map.of(REPLICA, 1), (node) -> 0)
			.consistency(causality, Duration.ofMillis(500), new NoProgress())
			.listeners(metered ? List.of(meters(snapshot, causality)) : List.of())
			.build();
	}

	private static RoutingListener meters(TopologySnapshot snapshot, Causality causality) {
		RoutingMetrics metrics = new RoutingMetrics(() -> snapshot, causality, new WaitLimit(Map.of()),
				PrimaryFallbackLimit.unlimited());
		metrics.bindTo(new SimpleMeterRegistry());
		return metrics;
	}

	@TearDown
	public void tearDown() {
		this.primary.close();
		this.replica.close();
	}

	@Benchmark
	public boolean transaction(Processor processor) {
		processor.transactions++;
		return Boolean.TRUE.equals(this.transaction.execute((status) -> {
			Connection connection = DataSourceUtils.getConnection(this.dataSource);
			try (PreparedStatement statement = connection.prepareStatement("SELECT 1")) {
				return !statement.execute();
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
		config.setAutoCommit(this.contender != Contender.TUNED_LAZY_PROXY);
		if (this.contender.isRouted()) {
			PhysicalDataSource.prepare(config, new StubDriver());
		}
		else {
			config.setDataSource(new StubDriver());
		}
		return new HikariDataSource(config);
	}

	/**
	 * The DataSource between the transaction manager and the pools.
	 */
	public enum Contender {

		/** Nobody, and all goes to one pool. */
		NONE("no routing, one pool"),

		LAZY_PROXY("Spring lazy proxy with read-only DataSource"),

		TUNED_LAZY_PROXY("the same, both pools without auto-commit"),

		EVENTUAL("read-replica-routing, `consistency=eventual`"),

		READ_REPLICA_ROUTING("**read-replica-routing**, a reader who has written nothing"),

		AFTER_A_WRITE("**read-replica-routing**, a reader who has written"),

		METERED("the same, and decisions counted by Micrometer");

		private final String title;

		Contender(String title) {
			this.title = title;
		}

		String title() {
			return this.title;
		}

		boolean isRouted() {
			return switch (this) {
				case NONE, LAZY_PROXY, TUNED_LAZY_PROXY -> false;
				case EVENTUAL, READ_REPLICA_ROUTING, AFTER_A_WRITE, METERED -> true;
			};
		}

	}

	/**
	 * The processor time of the calling thread: unlike wall-clock time it excludes other
	 * processes of the machine.
	 */
	@State(Scope.Thread)
	@AuxCounters(AuxCounters.Type.EVENTS)
	public static class Processor {

		public long nanos;

		public long transactions;

		/** Private: JMH resets public fields at the start of an iteration. */
		private long began;

		@Setup(Level.Iteration)
		public void start() {
			this.began = time();
		}

		@TearDown(Level.Iteration)
		public void stop() {
			this.nanos = time() - this.began;
		}

		private static long time() {
			return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
		}

	}

	/**
	 * Never queried here: the replica is recorded as caught up.
	 */
	private static final class NoProgress implements ExecutedGtids {

		@Override
		public @Nullable GtidSet queryPrimary(DatabaseNode node, Duration timeout) {
			throw new IllegalStateException("Nothing was to be verified");
		}

		@Override
		public void record(DatabaseNode node, @Nullable String server, GtidSet transactions) {
			throw new IllegalStateException("Nothing was to be waited for");
		}

	}

}
