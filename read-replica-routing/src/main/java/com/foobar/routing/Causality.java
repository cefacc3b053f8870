package com.foobar.routing;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import com.foobar.routing.gtid.GtidSet;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * What the work at hand has written, and so must be able to read. Commits are noted by
 * themselves, on the thread that made them. A request, a message or a job opens a
 * {@link Scope} for what its sender has done before; outside any scope each thread
 * remembers for itself. Thread-safe.
 *
 * <pre>
 * message.setHeader("read-after", causality.current().toString());
 * ...
 * try (Causality.Scope scope = causality.open(CausalityToken.parse(header))) {
 *     handle(message);
 * }
 * </pre>
 *
 * Threads that a scope's work starts belong to the scope if their task was
 * {@linkplain #wrap(Runnable) wrapped}.
 */
public final class Causality {

	/** Not static: two applications in one process have nothing to do with each other. */
	@SuppressWarnings("ThreadLocalUsage")
	private final ThreadLocal<Scope> bound = new ThreadLocal<>();

	private static final Log logger = LogFactory.getLog(Causality.class);

	private final Consistency consistency;

	private volatile Supplier<@Nullable GtidSet> primaryProgress = () -> null;

	private final List<WaitListener> waitListeners = new CopyOnWriteArrayList<>();

	private final LongAdder accepted = new LongAdder();

	private final LongAdder unreadable = new LongAdder();

	private final LongAdder unknown = new LongAdder();

	/** What was committed here lately, and so is known of the primary. */
	private final AtomicReference<Remembered> committed = new AtomicReference<>(Remembered.NOTHING);

	/** What is known of the servers, as soon as it is known who they are. */
	private volatile @Nullable Topology topology;

	/**
	 * Create a memory for one data source.
	 * @param consistency what reads are guaranteed to see
	 */
	public Causality(Consistency consistency) {
		this.consistency = consistency;
	}

	/**
	 * What reads are guaranteed to see.
	 * @return the consistency
	 */
	public Consistency consistency() {
		return this.consistency;
	}

	/**
	 * What the work at hand depends on, to be handed to whoever goes on with it.
	 * @return the token, which may be empty
	 */
	public CausalityToken current() {
		Scope scope = this.bound.get();
		return (scope != null) ? scope.token() : CausalityToken.NONE;
	}

	/**
	 * Take a token from outside. One that cannot be read is ignored: it is not worth
	 * failing work that it would only make fresher.
	 * @param text what came, perhaps nothing
	 * @return the token, empty if nothing readable came
	 */
	public CausalityToken receive(@Nullable String text) {
		if (text == null || text.isEmpty()) {
			return CausalityToken.NONE;
		}
		try {
			CausalityToken token = CausalityToken.parse(text);
			this.accepted.increment();
			return token;
		}
		catch (IllegalArgumentException ex) {
			this.unreadable.increment();
			logger.debug("Ignored a causality token", ex);
			return CausalityToken.NONE;
		}
	}

	/**
	 * Let somebody hear of each wait for a replica.
	 * @param listener the listener
	 */
	public void addWaitListener(WaitListener listener) {
		this.waitListeners.add(listener);
	}

	/** Note that a read has waited. */
	void waited(DatabaseNode replica, Duration waited, boolean reached) {
		this.waitListeners.forEach((listener) -> listener.onWaited(replica, waited, reached));
	}

	/** Note that a token names transactions that the primary does not hold. */
	void refuted() {
		this.unknown.increment();
	}

	/**
	 * How the tokens from outside have fared so far.
	 * @return the counts
	 */
	public Received received() {
		return new Received(this.accepted.sum(), this.unreadable.sum(), this.unknown.sum());
	}

	/**
	 * Let the work at hand depend on what somebody else has done, as told by an answer of
	 * another service.
	 * @param token what they did
	 */
	public void adopt(CausalityToken token) {
		if (!token.isEmpty()) {
			scope().adopt(token);
		}
	}

	/**
	 * Begin work that depends on nothing yet.
	 * @return the scope, to be closed by the same thread
	 */
	public Scope open() {
		return open(CausalityToken.NONE);
	}

	/**
	 * Begin work that depends on what its sender has done.
	 * @param claimed the token that came with it
	 * @return the scope, to be closed by the same thread
	 */
	public Scope open(CausalityToken claimed) {
		Scope scope = new Scope(new Dependencies(claimed.transactions()), this.bound.get());
		this.bound.set(scope);
		return scope;
	}

	/**
	 * Begin work that depends on everything that anybody has committed before, such as a
	 * job that was stored by another thread or instance. Asks the primary, which costs
	 * one statement on the monitor's connection, shared by all who ask at the same time.
	 * @return the scope, to be closed by the same thread
	 * @throws IllegalStateException if the primary does not answer within 5 s; nothing
	 * was begun then, and trying again later is safe
	 */
	public Scope openAtPrimary() {
		if (this.consistency == Consistency.EVENTUAL) {
			return open();
		}
		GtidSet executed = this.primaryProgress.get();
		if (executed == null) {
			throw new IllegalStateException(
					"The primary did not tell in time what it has executed, so that the work could miss what was committed before it. Try again later.");
		}
		Scope scope = open();
		scope.dependencies.seen(executed, this::heldByAll);
		return scope;
	}

	/** Let the primary be asked what it has executed; {@code null} if it is silent. */
	void askPrimaryBy(Supplier<@Nullable GtidSet> progress) {
		this.primaryProgress = progress;
	}

	/**
	 * Let a task that another thread will run belong to the work at hand.
	 * @param task the task
	 * @return the task, in the scope of the thread that called this
	 */
	public Runnable wrap(Runnable task) {
		Dependencies dependencies = scope().dependencies;
		return () -> {
			Scope scope = enter(dependencies);
			try {
				task.run();
			}
			finally {
				scope.close();
			}
		};
	}

	/**
	 * Let a task that another thread will run belong to the work at hand.
	 * @param task the task
	 * @param <T> what it returns
	 * @return the task, in the scope of the thread that called this
	 */
	public <T> Callable<T> wrap(Callable<T> task) {
		Dependencies dependencies = scope().dependencies;
		return () -> {
			Scope scope = enter(dependencies);
			try {
				return task.call();
			}
			finally {
				scope.close();
			}
		};
	}

	private Scope enter(Dependencies dependencies) {
		Scope scope = new Scope(dependencies, this.bound.get());
		this.bound.set(scope);
		return scope;
	}

	/**
	 * The scope of this thread, which gets one of its own if there is none.
	 * @return the scope
	 */
	public Scope scope() {
		Scope scope = this.bound.get();
		return (scope != null) ? scope : open();
	}

	/**
	 * Note what this thread has just committed.
	 * @param gtids the identifiers as the server told them
	 */
	public void committed(String gtids) {
		GtidSet transactions = GtidSet.parse(gtids);
		long time = System.nanoTime();
		this.committed.updateAndGet((before) -> Objects.requireNonNull(before)
			.settledBy(transactions)
			.plus(transactions, time, transactions, () -> GtidSet.NONE));
		scope().dependencies.committed(transactions);
	}

	/**
	 * Note what this thread has just seen, which may be more than binds it: what replicas
	 * have beyond the primary nobody else will ever have.
	 */
	void seen(GtidSet transactions) {
		PrimaryHistory history = history();
		scope().dependencies.seen((history != null) ? history.withoutErrant(transactions) : transactions,
				this::heldByAll);
	}

	/** Unless the primary, asked since, turned out to lack it. */
	boolean wasCommittedHere(GtidSet transactions) {
		PrimaryHistory history = history();
		return Objects
			.requireNonNull(this.committed.updateAndGet((before) -> Objects.requireNonNull(before).check(history)))
			.all()
			.contains(transactions);
	}

	/** What reads of this thread must find. */
	GtidSet required() {
		return dependencies().all(history());
	}

	/** Let what the servers say settle what is remembered. */
	void settledBy(Topology topology) {
		this.topology = topology;
	}

	private @Nullable PrimaryHistory history() {
		Topology topology = this.topology;
		return (topology != null) ? topology.snapshot().history() : null;
	}

	private GtidSet heldByAll() {
		Topology topology = this.topology;
		return (topology != null) ? topology.snapshot().heldByAll() : GtidSet.NONE;
	}

	/** What reads of this thread depend on; shared by all threads of its scope. */
	Dependencies dependencies() {
		Scope scope = this.bound.get();
		return (scope != null) ? scope.dependencies : Dependencies.NOTHING;
	}

	/**
	 * Tokens that came from outside, counted since the start.
	 *
	 * @param accepted those that could be read
	 * @param unreadable those that could not, and were ignored
	 * @param unknown those that named transactions unknown to the primary when they were
	 * checked against it; forged, lost in a failover, or older than a restored backup
	 */
	public record Received(long accepted, long unreadable, long unknown) {

	}

	/**
	 * The work of one request, message or job. To be closed by the thread that opened it.
	 */
	public final class Scope implements AutoCloseable {

		private final Dependencies dependencies;

		private final @Nullable Scope outer;

		private Scope(Dependencies dependencies, @Nullable Scope outer) {
			this.dependencies = dependencies;
			this.outer = outer;
		}

		/**
		 * What the work depends on by now.
		 * @return the token, which may be empty
		 */
		public CausalityToken token() {
			return CausalityToken.of(this.dependencies.toCarry(history(), Causality.this::heldByAll));
		}

		/**
		 * Whether the work depends on something else than it was begun with.
		 * @return whether it has committed, or seen, or adopted something, or something
		 * that it depended on turned out to be lost or made up
		 */
		public boolean hasAdvanced() {
			return this.dependencies.hasAdvanced();
		}

		/**
		 * Continue the work on this thread, as when a request is dispatched again.
		 * @return a scope to be closed by the same thread
		 */
		public Scope enter() {
			return Causality.this.enter(this.dependencies);
		}

		/**
		 * Let the work depend on what somebody else has done.
		 * @param token what they did
		 */
		public void adopt(CausalityToken token) {
			if (!token.isEmpty()) {
				this.dependencies.claim(token.transactions(), Causality.this::heldByAll);
			}
		}

		@Override
		public void close() {
			if (this.outer != null) {
				Causality.this.bound.set(this.outer);
			}
			else {
				Causality.this.bound.remove();
			}
		}

	}

}
