package com.foobar.routing.monitor;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import com.foobar.routing.ReplicaControl;
import com.foobar.routing.Topology;
import com.foobar.routing.TopologySnapshot;
import com.foobar.routing.consistency.ExecutedGtids;
import com.foobar.routing.monitor.ProbeRun.Purpose;
import com.foobar.routing.physical.NodeFailureListener;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Probes every server at a fixed rate, and at once when a connection failed, and
 * publishes one immutable snapshot. Reading the snapshot costs one volatile read,
 * whatever the servers do.
 * <p>
 * One daemon thread keeps the schedule. A probe that takes longer than its timeouts allow
 * counts as failed at every further tick. Resolving a host name can block for so long,
 * and no timeout of the driver covers it.
 */
public final class TopologyMonitor implements Topology, AutoCloseable {

	private static final Log logger = LogFactory.getLog(TopologyMonitor.class);

	/** While no server takes writes, the interval between two probes. */
	private static final Duration URGENT = Duration.ofMillis(100);

	/** A first probe of the primary that takes longer counts as failed. */
	private static final Duration FIRST_PROBE_TIMEOUT = Duration.ofSeconds(30);

	private final MonitorSettings settings;

	private final Cluster cluster;

	private final SnapshotHolder holder;

	private final ScheduledExecutorService scheduler;

	private final ExecutorService probeThreads;

	private final ProbeScheduler probeScheduler;

	private final ClusterPublisher publisher;

	private final PassiveHealthChecks passiveHealthChecks;

	private final GtidProgress progress;

	private final CountDownLatch firstProbes;

	private final CountDownLatch firstProbeOfPrimary = new CountDownLatch(1);

	/** Used by the scheduler's thread alone. */
	private long lastTick;

	/**
	 * Create a monitor that is not running yet.
	 * @param primary the primary, or the server presumed to be until the servers report
	 * @param replicas the replicas
	 * @param settings how to probe
	 */
	public TopologyMonitor(NodeEndpoint primary, List<NodeEndpoint> replicas, MonitorSettings settings) {
		this(primary, replicas, settings,
				(endpoint) -> new JdbcProbe(endpoint, settings.timeout(), settings.discovery()));
	}

	TopologyMonitor(NodeEndpoint primary, List<NodeEndpoint> replicas, MonitorSettings settings,
			Function<NodeEndpoint, Probe> probes) {
		this.settings = settings;
		List<WatchedNode> nodes = new ArrayList<>();
		nodes.add(new WatchedNode(primary.node(), probes.apply(primary)));
		replicas.forEach((replica) -> nodes.add(new WatchedNode(replica.node(), probes.apply(replica))));
		this.cluster = new Cluster(nodes, settings);
		this.holder = new SnapshotHolder(this.cluster.snapshot());
		this.firstProbes = new CountDownLatch(nodes.size());
		AtomicInteger number = new AtomicInteger();
		ThreadFactory threads = (task) -> {
			Thread thread = new Thread(task, "read-replica-monitor-" + number.getAndIncrement());
			thread.setDaemon(true);
			return thread;
		};
		this.scheduler = Executors.newSingleThreadScheduledExecutor(threads);
		this.probeThreads = Executors.newCachedThreadPool(threads);
		this.probeScheduler = new ProbeScheduler(this.scheduler, this.probeThreads, this::record);
		this.publisher = new ClusterPublisher(this.cluster, this.holder, this.probeThreads);
		this.passiveHealthChecks = new PassiveHealthChecks(this.cluster, this.publisher, this.probeScheduler,
				discovers());
		this.progress = new GtidProgress(this.cluster, this.holder, this.probeScheduler, discovers());
	}

	/**
	 * Start probing, and wait for the first probe of every server, but no longer than
	 * such a probe may take: a server that does not respond must not keep the application
	 * from starting. The first probe of the primary may take up to 30 seconds, since
	 * nothing can be written before it ends. On a slow processor, loading the driver
	 * alone takes longer than a probe may.
	 */
	public void start() {
		this.lastTick = System.nanoTime() - this.settings.interval().toNanos();
		Duration tick = (discovers() && URGENT.compareTo(this.settings.interval()) < 0) ? URGENT
				: this.settings.interval();
		ScheduledFuture<?> unused = this.scheduler.scheduleAtFixedRate(this::tick, 0, tick.toMillis(),
				TimeUnit.MILLISECONDS);
		try {
			boolean complete = this.firstProbes.await(timeout().toMillis(), TimeUnit.MILLISECONDS)
					|| (this.firstProbeOfPrimary.await(FIRST_PROBE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
							&& this.firstProbes.getCount() == 0);
			logger.info("Read-replica routing starts with " + ClusterLog.describe(snapshot())
					+ (complete ? "" : "; not every server has responded yet"));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Connecting may take one timeout, and each of the few statements another one. */
	private Duration timeout() {
		return this.settings.timeout().multipliedBy(2);
	}

	/** The state of a primary is unknown before its first probe has ended. */
	private Duration timeout(WatchedNode watched) {
		boolean first = watched == this.cluster.nodes().get(0) && !watched.probed.get();
		return first ? FIRST_PROBE_TIMEOUT : timeout();
	}

	private boolean discovers() {
		return this.settings.discovery() != PrimaryDiscovery.STATIC;
	}

	private void tick() {
		try {
			long now = System.nanoTime();
			// A tick may come a little early.
			if (now - this.lastTick >= this.settings.interval().toNanos() - URGENT.toNanos() / 2) {
				this.lastTick = now;
				this.cluster.nodes().forEach(this::probeGuarded);
			}
			else if (!snapshot().canWrite()) {
				this.cluster.nodes().forEach((watched) -> this.probeScheduler.start(watched, Purpose.DISCOVERY));
			}
		}
		catch (Throwable ex) {
			// An exception or error that escaped would end the schedule, and the snapshot
			// would age unnoticed.
			Failures.log(logger, "The monitor could not probe the database servers", ex);
		}
	}

	// A failure at one server must not keep the others from being probed.
	private void probeGuarded(WatchedNode watched) {
		try {
			probe(watched);
		}
		catch (RejectedExecutionException ex) {
			logger.trace("The application is stopping; " + watched.name + " is no longer probed", ex);
		}
		catch (Throwable ex) {
			Failures.log(logger, "The monitor could not probe the database servers; " + watched.name + " failed", ex);
		}
	}

	private void probe(WatchedNode watched) {
		ProbeRun current = watched.current();
		long age = System.nanoTime() - current.started();
		if (this.probeScheduler.start(watched, Purpose.SCHEDULED)) {
			return;
		}
		if (age > timeout(watched).toNanos()) {
			record(watched, new ProbeRun(current.started(), Purpose.SCHEDULED, new CompletableFuture<>()),
					new Observation.Unreachable("no response within " + TimeUnit.NANOSECONDS.toMillis(age) + " ms"));
		}
		else if (current.purpose() != Purpose.SCHEDULED) {
			// A probe on request is running. The scheduled one must follow it, since
			// nothing else makes a server rise or fall.
			this.probeScheduler.request(watched, Purpose.SCHEDULED);
		}
	}

	private void record(WatchedNode watched, ProbeRun run, Observation observation) {
		this.passiveHealthChecks.retryPool(watched, run.purpose(), observation);
		this.publisher.update(() -> {
			List<WatchedNode> outdated = this.cluster.record(watched, run, observation);
			outdated.forEach((node) -> this.probeScheduler.request(node, Purpose.DISCOVERY));
			return true;
		});
		if (watched.probed.compareAndSet(false, true)) {
			this.firstProbes.countDown();
			if (watched == this.cluster.nodes().get(0)) {
				this.firstProbeOfPrimary.countDown();
			}
		}
	}

	@Override
	public TopologySnapshot snapshot() {
		return this.holder.snapshot();
	}

	@Override
	public boolean awaitChange(TopologySnapshot seen, Duration timeout) throws InterruptedException {
		return this.holder.awaitChange(seen, timeout);
	}

	/**
	 * The passive health checks, which take the failures of the pools' connections.
	 * @return a listener for all pools
	 */
	public NodeFailureListener failures() {
		return this.passiveHealthChecks;
	}

	/**
	 * Which transactions the servers have executed, according to probes and readers.
	 * @return the executed GTIDs of all servers
	 */
	public ExecutedGtids executedGtids() {
		return this.progress;
	}

	/**
	 * The control that drains replicas.
	 * @return the control of all replicas
	 */
	public ReplicaControl replicaControl() {
		return this.publisher;
	}

	/**
	 * Set how to find out whether a pool that failed can open connections again. Without
	 * it, good probes suffice.
	 * @param poolTrial opens a connection as the pool of a node does
	 */
	public void setPoolTrial(PoolTrial poolTrial) {
		this.passiveHealthChecks.setPoolTrial(poolTrial);
	}

	/**
	 * Add a listener of lost servers.
	 * @param listener the listener
	 */
	public void addLossListener(NodeLossListener listener) {
		this.publisher.addLossListener(listener);
	}

	/**
	 * Find a server that does not support the configured way of primary discovery.
	 * @return its name and kind, or {@code null} if there is none
	 */
	public @Nullable String unsupported() {
		for (WatchedNode watched : this.cluster.nodes()) {
			if (watched.lastSeen instanceof Observation.Unsupported unsupported) {
				return watched.name + " " + unsupported.detail();
			}
		}
		return null;
	}

	@Override
	public void close() {
		this.scheduler.shutdownNow();
		this.probeThreads.shutdownNow();
		this.cluster.nodes().forEach((watched) -> watched.probe.close());
	}

}
