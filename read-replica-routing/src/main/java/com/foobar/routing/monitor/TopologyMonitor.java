package com.foobar.routing.monitor;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;

import com.foobar.routing.DatabaseNode;
import com.foobar.routing.ExecutionProgress;
import com.foobar.routing.NodeFailureListener;
import com.foobar.routing.NodeState;
import com.foobar.routing.NodeStatus;
import com.foobar.routing.NodeStatus.Cause;
import com.foobar.routing.NodeStatus.Ineligible;
import com.foobar.routing.ReplicaControl;
import com.foobar.routing.Topology;
import com.foobar.routing.TopologySnapshot;
import com.foobar.routing.gtid.GtidSet;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Looks at every server at a fixed pace and publishes one immutable snapshot. Reading the
 * snapshot costs one volatile read, whatever the servers do.
 * <p>
 * One daemon thread keeps the pace; each server is looked at on a thread of its own, so
 * that one that hangs does not delay the others. A look that takes longer than its
 * time-outs allow counts as a bad one at every further beat, as when the resolution of a
 * host name blocks, which no time-out of the driver covers.
 */
public final class TopologyMonitor
		implements Topology, NodeFailureListener, ExecutionProgress, ReplicaControl, AutoCloseable {

	private static final Log logger = LogFactory.getLog(TopologyMonitor.class);

	private static final Duration PAUSE_BETWEEN_QUESTIONS = Duration.ofMillis(10);

	private final MonitorSettings settings;

	private final WatchedNode primary;

	private final List<WatchedNode> replicas;

	private final ScheduledExecutorService pace;

	private final ExecutorService lookers;

	private final CountDownLatch firstLooks;

	private volatile TopologySnapshot snapshot;

	/**
	 * Create a monitor that is not running yet.
	 * @param primary the primary
	 * @param replicas the replicas
	 * @param settings how to watch
	 */
	public TopologyMonitor(NodeEndpoint primary, List<NodeEndpoint> replicas, MonitorSettings settings) {
		this(primary, replicas, settings, (endpoint) -> new JdbcProbe(endpoint, settings.timeout()));
	}

	TopologyMonitor(NodeEndpoint primary, List<NodeEndpoint> replicas, MonitorSettings settings,
			Function<NodeEndpoint, Probe> probes) {
		this.settings = settings;
		this.primary = new WatchedNode(primary.node(), probes.apply(primary));
		this.replicas = replicas.stream()
			.map((replica) -> new WatchedNode(replica.node(), probes.apply(replica)))
			.toList();
		this.snapshot = assemble();
		this.firstLooks = new CountDownLatch(1 + replicas.size());
		AtomicInteger number = new AtomicInteger();
		ThreadFactory threads = (task) -> {
			Thread thread = new Thread(task, "read-replica-monitor-" + number.getAndIncrement());
			thread.setDaemon(true);
			return thread;
		};
		this.pace = Executors.newSingleThreadScheduledExecutor(threads);
		this.lookers = Executors.newCachedThreadPool(threads);
	}

	/**
	 * Begin to watch, and wait for the first look at every server, but no longer than
	 * such a look may take: a server that does not answer must not keep the application
	 * from starting.
	 */
	public void start() {
		ScheduledFuture<?> unused = this.pace.scheduleAtFixedRate(this::beat, 0, this.settings.interval().toMillis(),
				TimeUnit.MILLISECONDS);
		try {
			boolean complete = this.firstLooks.await(patience().toMillis(), TimeUnit.MILLISECONDS);
			logger.info("Read-replica routing starts with " + describe(this.snapshot)
					+ (complete ? "" : "; not every server has answered yet"));
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private static String describe(TopologySnapshot snapshot) {
		StringBuilder text = new StringBuilder("primary ").append(snapshot.primary().node())
			.append(" (")
			.append(snapshot.primary().status())
			.append(')');
		snapshot.replicas()
			.forEach((replica) -> text.append(", replica ")
				.append(replica.node())
				.append(" (")
				.append(replica.status())
				.append(')'));
		return text.toString();
	}

	/** Connecting may take one time-out and each of the few answers one more. */
	private Duration patience() {
		return this.settings.timeout().multipliedBy(2);
	}

	private void beat() {
		try {
			beat(this.primary);
			this.replicas.forEach(this::beat);
		}
		catch (RuntimeException ex) {
			// An exception that escaped would end the schedule, and the snapshot would
			// age
			// unnoticed.
			logger.error("The monitor could not look at the database servers", ex);
		}
	}

	private void beat(WatchedNode watched) {
		long now = System.nanoTime();
		Look current = watched.current();
		if (current.isOver()) {
			begin(watched, current, true);
		}
		else if (now - current.began > patience().toNanos()) {
			record(watched, new Observation.Unreachable(
					"no answer within " + TimeUnit.NANOSECONDS.toMillis(now - current.began) + " ms"));
		}
	}

	private void begin(WatchedNode watched, Look before, boolean scheduled) {
		Look look = new Look(System.nanoTime());
		if (watched.look.compareAndSet(before, look)) {
			this.lookers.execute(() -> look(watched, look, scheduled));
		}
	}

	private void look(WatchedNode watched, Look look, boolean scheduled) {
		try {
			Observation observation = watched.probe.look();
			look.found.complete(observation);
			// Looks beyond the schedule must not make it rise or fall any sooner.
			if (scheduled) {
				record(watched, observation);
			}
		}
		catch (RuntimeException ex) {
			record(watched, new Observation.Unreachable("the look failed: " + ex));
		}
		finally {
			look.found.complete(watched.lastSeen);
			if (watched.lookedAt.compareAndSet(0, 1)) {
				this.firstLooks.countDown();
			}
		}
	}

	private synchronized void record(WatchedNode watched, Observation observation) {
		watched.lastSeen = observation;
		GtidSet executed = executed(observation);
		if (executed != null) {
			watched.executed = executed;
		}
		boolean primaryLost = this.primary.lastSeen instanceof Observation.Unreachable;
		NodeStatus seen = new Eligibility(this.settings.maxLag()).judge(observation, primaryLost);
		// The primary has no stand-in, so the first good look takes it back.
		int rise = (watched == this.primary) ? 1 : this.settings.rise();
		publish(watched, watched.history.next(seen, rise, this.settings.fall()));
	}

	/**
	 * Take a replica out at once: whoever could not connect to it need not be the first
	 * of many. The primary is left to the monitor, since nothing can take its place.
	 */
	@Override
	public synchronized void onFailure(DatabaseNode node, SQLException failure) {
		String state = failure.getSQLState();
		if (state == null || !state.startsWith("08") || state.equals("08004")) {
			return;
		}
		for (WatchedNode replica : this.replicas) {
			if (replica.node.equals(node)) {
				publish(replica, replica.history.suspect("a connection could not be opened: " + failure.getMessage()));
			}
		}
	}

	private static @Nullable GtidSet executed(Observation observation) {
		if (observation instanceof Observation.Primary primary) {
			return primary.executed();
		}
		return (observation instanceof Observation.Replica replica) ? replica.executed() : null;
	}

	@Override
	public synchronized void tell(DatabaseNode node, GtidSet transactions) {
		WatchedNode watched = watched(node);
		if (!watched.executed.contains(transactions)) {
			watched.executed = watched.executed.plus(transactions);
			this.snapshot = assemble();
		}
	}

	/**
	 * Callers share looks: one is under way at a time, and the next begins
	 * {@link #PAUSE_BETWEEN_QUESTIONS} later at the earliest, however many ask.
	 */
	@Override
	public @Nullable GtidSet ask(DatabaseNode node, Duration patience) {
		WatchedNode watched = watched(node);
		long asked = System.nanoTime();
		long left = patience.toNanos();
		try {
			while (left > 0) {
				Look current = watched.current();
				if (current.isOver() && current.began - asked >= 0) {
					return executed(current.found.join());
				}
				if (!current.isOver()) {
					current.found.get(left, TimeUnit.NANOSECONDS);
				}
				else {
					long pause = current.began + PAUSE_BETWEEN_QUESTIONS.toNanos() - System.nanoTime();
					if (pause > 0) {
						TimeUnit.NANOSECONDS.sleep(Math.min(pause, left));
					}
					else {
						begin(watched, current, false);
					}
				}
				left = asked + patience.toNanos() - System.nanoTime();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (ExecutionException | TimeoutException ex) {
			logger.trace("No answer of " + node + " within " + patience, ex);
		}
		return null;
	}

	@Override
	public void drain(String name) {
		setDrained(name, true);
	}

	@Override
	public void undrain(String name) {
		setDrained(name, false);
	}

	private synchronized void setDrained(String name, boolean drained) {
		WatchedNode watched = this.replicas.stream()
			.filter((replica) -> replica.node.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException("There is no replica " + name));
		if (watched.drained != drained) {
			watched.drained = drained;
			this.snapshot = assemble();
			logger.info("replica " + name + " is " + watched.state().status());
		}
	}

	private WatchedNode watched(DatabaseNode node) {
		if (this.primary.node.equals(node)) {
			return this.primary;
		}
		return this.replicas.stream()
			.filter((replica) -> replica.node.equals(node))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(node + " is not watched"));
	}

	private void publish(WatchedNode watched, Hysteresis next) {
		NodeStatus before = watched.history.published();
		watched.history = next;
		this.snapshot = assemble();
		log(watched.node, before, next.published());
	}

	private static void log(DatabaseNode node, NodeStatus before, NodeStatus now) {
		if (state(before).equals(state(now))) {
			return;
		}
		String line = node.role().name().toLowerCase(Locale.ROOT) + " " + node + " is " + now;
		if (now instanceof Ineligible) {
			logger.warn(line);
		}
		else {
			logger.info(line);
		}
	}

	/** What is worth a line when it changes: the figures inside change all the time. */
	private static Object state(NodeStatus status) {
		return (status instanceof Ineligible ineligible) ? ineligible.cause() : "eligible";
	}

	private TopologySnapshot assemble() {
		return new TopologySnapshot(this.primary.state(), this.replicas.stream().map(WatchedNode::state).toList());
	}

	@Override
	public TopologySnapshot snapshot() {
		return this.snapshot;
	}

	@Override
	public void close() {
		this.pace.shutdownNow();
		this.lookers.shutdownNow();
		this.primary.probe.close();
		this.replicas.forEach((replica) -> replica.probe.close());
	}

	/**
	 * A look at a server.
	 *
	 * @param began when, by {@link System#nanoTime()}
	 * @param found completed when it is over
	 */
	private record Look(long began, CompletableFuture<Observation> found) {

		static final Look NONE = new Look(System.nanoTime() - Duration.ofDays(1).toNanos(),
				CompletableFuture.completedFuture(new Observation.Refused("not asked yet")));

		Look(long began) {
			this(began, new CompletableFuture<>());
		}

		boolean isOver() {
			return this.found.isDone();
		}

	}

	/**
	 * A server and what has been seen of it. The history is guarded by the monitor's
	 * lock.
	 */
	private static final class WatchedNode {

		private static final NodeStatus DRAINED = new Ineligible(Cause.DRAINED, "drained by an operator");

		private final DatabaseNode node;

		private final Probe probe;

		private final AtomicInteger lookedAt = new AtomicInteger();

		private Hysteresis history = Hysteresis.START;

		private Observation lastSeen = new Observation.Refused("not asked yet");

		/** The look that is under way, or the last one. */
		private final AtomicReference<Look> look = new AtomicReference<>(Look.NONE);

		/** What it has executed at least. Guarded by the monitor's lock. */
		private GtidSet executed = GtidSet.NONE;

		/** Guarded by the monitor's lock. */
		private boolean drained;

		WatchedNode(DatabaseNode node, Probe probe) {
			this.node = node;
			this.probe = probe;
		}

		Look current() {
			return Objects.requireNonNull(this.look.get());
		}

		NodeState state() {
			return new NodeState(this.node, this.drained ? DRAINED : this.history.published(), this.executed);
		}

	}

}
