package com.foobar.routing.monitor;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
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

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.ExecutionProgress;
import com.foobar.routing.NodeFailureListener;
import com.foobar.routing.NodeLossListener;
import com.foobar.routing.NodeStatus.Ineligible;
import com.foobar.routing.ReplicaControl;
import com.foobar.routing.Topology;
import com.foobar.routing.TopologyChanges;
import com.foobar.routing.TopologySnapshot;
import com.foobar.routing.gtid.GtidSet;
import com.foobar.routing.monitor.Election.Standing;
import com.foobar.routing.monitor.Look.Purpose;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every server at a fixed pace, and at once when a borrower met a failure, and
 * publishes one immutable snapshot. Reading the snapshot costs one volatile read,
 * whatever the servers do.
 * <p>
 * One daemon thread keeps the pace. A look that takes longer than its time-outs allow
 * counts as a bad one at every further beat, as when the resolution of a host name
 * blocks, which no time-out of the driver covers.
 */
public final class TopologyMonitor
		implements Topology, TopologyChanges, NodeFailureListener, ExecutionProgress, ReplicaControl, AutoCloseable {

	private static final Log logger = LogFactory.getLog(TopologyMonitor.class);

	/** While no server takes writes, the pause between two looks. */
	private static final Duration URGENT = Duration.ofMillis(100);

	private final MonitorSettings settings;

	private final Cluster cluster;

	private final ScheduledExecutorService pace;

	private final ExecutorService lookers;

	private final Looks looks;

	/** A first look at the primary that takes longer counts as a bad one. */
	private static final Duration FIRST_LOOK = Duration.ofSeconds(30);

	private final CountDownLatch firstLooks;

	private final CountDownLatch firstLookAtPrimary = new CountDownLatch(1);

	private final List<NodeLossListener> lossListeners = new CopyOnWriteArrayList<>();

	private final Publication publication;

	private volatile PoolTrial poolTrial = (node) -> {
	};

	/** Used by the pace's thread alone. */
	private long lastBeat;

	/**
	 * Create a monitor that is not running yet.
	 * @param primary the primary, or who is presumed to be until the servers have told
	 * @param replicas the replicas
	 * @param settings how to watch
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
		this.publication = new Publication(this.cluster.snapshot());
		this.firstLooks = new CountDownLatch(nodes.size());
		AtomicInteger number = new AtomicInteger();
		ThreadFactory threads = (task) -> {
			Thread thread = new Thread(task, "read-replica-monitor-" + number.getAndIncrement());
			thread.setDaemon(true);
			return thread;
		};
		this.pace = Executors.newSingleThreadScheduledExecutor(threads);
		this.lookers = Executors.newCachedThreadPool(threads);
		this.looks = new Looks(this.pace, this.lookers, this::record);
	}

	/**
	 * Begin to watch, and wait for the first look at every server, but no longer than
	 * such a look may take: a server that does not answer must not keep the application
	 * from starting. Only the primary's is waited for until it ends, 30 seconds at most,
	 * since nothing can be written before: on a slow processor loading the driver alone
	 * takes longer than a look.
	 */
	public void start() {
		this.lastBeat = System.nanoTime() - this.settings.interval().toNanos();
		Duration tick = (discovers() && URGENT.compareTo(this.settings.interval()) < 0) ? URGENT
				: this.settings.interval();
		ScheduledFuture<?> unused = this.pace.scheduleAtFixedRate(this::tick, 0, tick.toMillis(),
				TimeUnit.MILLISECONDS);
		try {
			boolean complete = this.firstLooks.await(patience().toMillis(), TimeUnit.MILLISECONDS)
					|| (this.firstLookAtPrimary.await(FIRST_LOOK.toMillis(), TimeUnit.MILLISECONDS)
							&& this.firstLooks.getCount() == 0);
			logger.info("Read-replica routing starts with " + ClusterLog.describe(snapshot())
					+ (complete ? "" : "; not every server has answered yet"));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Connecting may take one time-out and each of the few answers one more. */
	private Duration patience() {
		return this.settings.timeout().multipliedBy(2);
	}

	/** Nothing is known of a primary before the first look at it has ended. */
	private Duration patience(WatchedNode watched) {
		boolean first = watched == this.cluster.nodes().get(0) && !watched.lookedAt.get();
		return first ? FIRST_LOOK : patience();
	}

	private boolean discovers() {
		return this.settings.discovery() != PrimaryDiscovery.STATIC;
	}

	private void tick() {
		try {
			long now = System.nanoTime();
			// A tick may come a little early.
			if (now - this.lastBeat >= this.settings.interval().toNanos() - URGENT.toNanos() / 2) {
				this.lastBeat = now;
				this.cluster.nodes().forEach(this::beatGuarded);
			}
			else if (!snapshot().canWrite()) {
				this.cluster.nodes().forEach((watched) -> this.looks.begin(watched, Purpose.DISCOVERY));
			}
		}
		catch (Throwable ex) {
			// What escaped, be it an error, would end the schedule, and the snapshot
			// would
			// age unnoticed.
			Failures.log(logger, "The monitor could not look at the database servers", ex);
		}
	}

	// What happens at one server must not keep the others from being looked at.
	private void beatGuarded(WatchedNode watched) {
		try {
			beat(watched);
		}
		catch (RejectedExecutionException ex) {
			logger.trace("The application ends; " + watched.name + " is no longer looked at", ex);
		}
		catch (Throwable ex) {
			Failures.log(logger, "The monitor could not look at the database servers; " + watched.name + " failed", ex);
		}
	}

	private void beat(WatchedNode watched) {
		Look current = watched.current();
		long age = System.nanoTime() - current.began();
		if (this.looks.begin(watched, Purpose.SCHEDULED)) {
			return;
		}
		if (age > patience(watched).toNanos()) {
			record(watched, new Look(current.began(), Purpose.SCHEDULED, new CompletableFuture<>()),
					new Observation.Unreachable("no answer within " + TimeUnit.NANOSECONDS.toMillis(age) + " ms"));
		}
		else if (current.purpose() != Purpose.SCHEDULED) {
			// What others wanted to know is under way; the schedule must be kept all the
			// same, since nothing else makes a server rise or fall.
			this.looks.again(watched, Purpose.SCHEDULED);
		}
	}

	private void record(WatchedNode watched, Look look, Observation observation) {
		if (watched.poolFailure != null && look.purpose() != Purpose.DISCOVERY
				&& !(observation instanceof Observation.Unreachable)) {
			tryPool(watched);
		}
		synchronized (this.cluster) {
			List<WatchedNode> outdated = this.cluster.record(watched, look, observation);
			outdated.forEach((node) -> this.looks.again(node, Purpose.DISCOVERY));
			publish();
		}
		if (watched.lookedAt.compareAndSet(false, true)) {
			this.firstLooks.countDown();
			if (watched == this.cluster.nodes().get(0)) {
				this.firstLookAtPrimary.countDown();
			}
		}
	}

	/**
	 * A pool that could not open a connection has the last word: what the monitor can do
	 * with its own account says nothing about the pool's.
	 */
	private void tryPool(WatchedNode watched) {
		Ineligible failure = watched.poolFailure;
		try {
			this.poolTrial.open(watched.node());
		}
		catch (SQLException | RuntimeException ex) {
			logger.debug("The pool of " + watched.name + " still cannot open a connection", ex);
			return;
		}
		synchronized (this.cluster) {
			if (Objects.equals(watched.poolFailure, failure)) {
				watched.poolFailure = null;
			}
		}
	}

	/**
	 * Set how to find out whether a pool that has failed works again; before that, good
	 * looks suffice.
	 * @param poolTrial opens a connection as the pool of a node does
	 */
	public void tryPoolsWith(PoolTrial poolTrial) {
		this.poolTrial = poolTrial;
	}

	/** To be called with the cluster's lock. */
	private void publish() {
		TopologySnapshot now = this.cluster.snapshot();
		TopologySnapshot before = this.publication.replace(now);
		List<DatabaseNode> lost = ClusterLog.lost(before, now);
		if (!lost.isEmpty()) {
			try {
				this.lookers.execute(() -> lost.forEach(this::tellLost));
			}
			catch (RejectedExecutionException ex) {
				logger.trace("The application ends; its pools are closed anyway", ex);
			}
		}
		// Last, since a line that cannot be written must not keep a loss from its
		// listeners.
		ClusterLog.tell(before, now);
	}

	private void tellLost(DatabaseNode node) {
		for (NodeLossListener listener : this.lossListeners) {
			try {
				listener.onLost(node);
			}
			catch (Throwable ex) {
				Failures.log(logger, "Could not tell that " + node + " is lost: " + listener, ex);
			}
		}
	}

	/**
	 * Add a listener of losses.
	 * @param listener the listener
	 */
	public void addLossListener(NodeLossListener listener) {
		this.lossListeners.add(listener);
	}

	/**
	 * Take a replica out at once: whoever could not connect to it need not be the first
	 * of many. The primary is looked at first, since nothing can take its place.
	 */
	@Override
	public void onFailure(DatabaseNode node, SQLException failure) {
		if (!PoolFailures.isLossOfConnection(failure)) {
			return;
		}
		WatchedNode watched = this.cluster.node(node);
		synchronized (this.cluster) {
			if (watched.role == DatabaseNode.Role.REPLICA) {
				watched.history = watched.history
					.suspect("unreachable: a connection could not be opened: " + PoolFailures.firstLine(failure));
				publish();
				return;
			}
		}
		this.looks.again(watched, Purpose.CONFIRMATION);
	}

	/**
	 * Take a replica out that refuses the pool's account, and let it stay out until the
	 * pool can open a connection: each borrower would wait for as long as the pool keeps
	 * trying.
	 */
	@Override
	public void onNotOpened(DatabaseNode node, SQLException failure) {
		WatchedNode watched = this.cluster.node(node);
		synchronized (this.cluster) {
			Ineligible found = PoolFailures.describe(failure);
			if (found == null) {
				return;
			}
			if (watched.role == DatabaseNode.Role.REPLICA) {
				watched.poolFailure = found;
				watched.history = watched.history.confirmed(found);
				publish();
				return;
			}
		}
		if (PoolFailures.isLossOfConnection(failure)) {
			this.looks.again(watched, Purpose.CONFIRMATION);
		}
	}

	@Override
	public void onBroken(DatabaseNode node, SQLException failure) {
		if (PoolFailures.isLossOfConnection(failure)) {
			this.looks.again(this.cluster.node(node), Purpose.CONFIRMATION);
		}
	}

	@Override
	public void onRefusedWrite(DatabaseNode node, SQLException failure) {
		this.looks.again(this.cluster.node(node), Purpose.CONFIRMATION);
		if (discovers()) {
			this.cluster.nodes().forEach((watched) -> this.looks.again(watched, Purpose.DISCOVERY));
		}
	}

	@Override
	public void tell(DatabaseNode node, @Nullable String server, GtidSet transactions) {
		WatchedNode watched = this.cluster.node(node);
		watched.learnt(server, transactions);
		this.publication.refresh(node.name(), watched::refresh);
	}

	/**
	 * A server that says in the same look that it is not the primary is no authority:
	 * there are commits that it has not heard of, and nobody may take them for made up.
	 */
	@Override
	public @Nullable GtidSet askPrimary(DatabaseNode node, Duration patience) {
		Observation observation = this.looks.ask(this.cluster.node(node), patience);
		if (observation == null || (discovers() && observation.standing() != Standing.CLAIMS)) {
			return null;
		}
		return observation.executed();
	}

	@Override
	public void drain(String name) {
		setDrained(name, true);
	}

	@Override
	public void undrain(String name) {
		setDrained(name, false);
	}

	private void setDrained(String name, boolean drained) {
		synchronized (this.cluster) {
			this.cluster.replica(name).drained = drained;
			publish();
		}
	}

	/**
	 * What a server is that cannot be asked who is the primary, as the settings want.
	 * @return what it is, or {@code null} if no server has turned out to be such a one
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
	public TopologySnapshot snapshot() {
		return this.publication.snapshot();
	}

	@Override
	public boolean awaitChange(TopologySnapshot seen, Duration patience) throws InterruptedException {
		return this.publication.awaitChange(seen, patience);
	}

	@Override
	public void close() {
		this.pace.shutdownNow();
		this.lookers.shutdownNow();
		this.cluster.nodes().forEach((watched) -> watched.probe.close());
	}

}
