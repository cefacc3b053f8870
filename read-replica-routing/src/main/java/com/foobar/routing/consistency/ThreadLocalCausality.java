package com.foobar.routing.consistency;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

import com.foobar.routing.Causality;
import com.foobar.routing.CausalityToken;
import com.foobar.routing.Consistency;
import com.foobar.routing.DatabaseNode;
import com.foobar.routing.PrimaryGtids;
import com.foobar.routing.Topology;
import com.foobar.routing.WaitListener;
import com.foobar.routing.gtid.GtidSet;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Binds each scope to a thread and reduces what it depends on to what the primary holds.
 * Thread-safe.
 */
public final class ThreadLocalCausality implements Causality {

	private static final Log logger = LogFactory.getLog(Causality.class);

	/** Not static: two applications in one process have nothing to do with each other. */
	@SuppressWarnings("ThreadLocalUsage")
	private final ThreadLocal<ThreadScope> bound = new ThreadLocal<>();

	private final Consistency consistency;

	private volatile Supplier<@Nullable GtidSet> primaryProgress = () -> null;

	private final List<WaitListener> waitListeners = new CopyOnWriteArrayList<>();

	private final LongAdder accepted = new LongAdder();

	private final LongAdder unreadable = new LongAdder();

	private final LongAdder unknown = new LongAdder();

	/** What was committed here lately, and so is known of the primary. */
	private final AtomicReference<ObservedGtids> committed = new AtomicReference<>(ObservedGtids.NOTHING);

	/** What is known of the servers, as soon as it is known who they are. */
	private volatile @Nullable Topology topology;

	/**
	 * Create a memory for one data source.
	 * @param consistency what reads are guaranteed to see
	 */
	public ThreadLocalCausality(Consistency consistency) {
		this.consistency = consistency;
	}

	@Override
	public Consistency consistency() {
		return this.consistency;
	}

	@Override
	public CausalityToken current() {
		ThreadScope scope = this.bound.get();
		return (scope != null) ? scope.token() : CausalityToken.NONE;
	}

	@Override
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

	@Override
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

	@Override
	public Received received() {
		return new Received(this.accepted.sum(), this.unreadable.sum(), this.unknown.sum());
	}

	@Override
	public void adopt(CausalityToken token) {
		if (!token.isEmpty()) {
			scope().adopt(token);
		}
	}

	@Override
	public Scope open(CausalityToken claimed) {
		return enter(new Dependencies(claimed.transactions()));
	}

	@Override
	public Scope openAtPrimary() {
		if (this.consistency == Consistency.EVENTUAL) {
			return open();
		}
		GtidSet executed = this.primaryProgress.get();
		if (executed == null) {
			throw new IllegalStateException(
					"The primary did not tell in time what it has executed, so that the work could miss what was committed before it. Try again later.");
		}
		ThreadScope scope = enter(new Dependencies(GtidSet.NONE));
		scope.dependencies.seen(executed, this::executedByAll);
		return scope;
	}

	/** Let the primary be asked what it has executed; {@code null} if it is silent. */
	void askPrimaryBy(Supplier<@Nullable GtidSet> progress) {
		this.primaryProgress = progress;
	}

	@Override
	public Runnable wrap(Runnable task) {
		Dependencies dependencies = threadScope().dependencies;
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

	@Override
	public <T> Callable<T> wrap(Callable<T> task) {
		Dependencies dependencies = threadScope().dependencies;
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

	private ThreadScope enter(Dependencies dependencies) {
		ThreadScope scope = new ThreadScope(dependencies, this.bound.get());
		this.bound.set(scope);
		return scope;
	}

	@Override
	public Scope scope() {
		return threadScope();
	}

	private ThreadScope threadScope() {
		ThreadScope scope = this.bound.get();
		return (scope != null) ? scope : enter(new Dependencies(GtidSet.NONE));
	}

	@Override
	public void committed(String gtids) {
		GtidSet transactions = GtidSet.parse(gtids);
		long time = System.nanoTime();
		this.committed.updateAndGet((before) -> Objects.requireNonNull(before)
			.settledBy(transactions)
			.plus(transactions, time, transactions, () -> GtidSet.NONE));
		threadScope().dependencies.committed(transactions);
	}

	/**
	 * Note what this thread has just seen, which may be more than binds it: what replicas
	 * have beyond the primary nobody else will ever have.
	 */
	void seen(GtidSet transactions) {
		PrimaryGtids history = history();
		threadScope().dependencies.seen((history != null) ? history.withoutErrant(transactions) : transactions,
				this::executedByAll);
	}

	/** Unless the primary, asked since, turned out to lack it. */
	boolean wasCommittedHere(GtidSet transactions) {
		PrimaryGtids history = history();
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

	private @Nullable PrimaryGtids history() {
		Topology topology = this.topology;
		return (topology != null) ? topology.snapshot().history() : null;
	}

	private GtidSet executedByAll() {
		Topology topology = this.topology;
		return (topology != null) ? topology.snapshot().executedByAll() : GtidSet.NONE;
	}

	/** What reads of this thread depend on; shared by all threads of its scope. */
	Dependencies dependencies() {
		ThreadScope scope = this.bound.get();
		return (scope != null) ? scope.dependencies : Dependencies.NOTHING;
	}

	/**
	 * The work of one request, message or job. To be closed by the thread that opened it.
	 */
	private final class ThreadScope implements Scope {

		private final Dependencies dependencies;

		private final @Nullable ThreadScope outer;

		private ThreadScope(Dependencies dependencies, @Nullable ThreadScope outer) {
			this.dependencies = dependencies;
			this.outer = outer;
		}

		@Override
		public CausalityToken token() {
			return CausalityToken.of(this.dependencies.toCarry(history(), ThreadLocalCausality.this::executedByAll));
		}

		@Override
		public boolean hasAdvanced() {
			return this.dependencies.hasAdvanced();
		}

		@Override
		public Scope enter() {
			return ThreadLocalCausality.this.enter(this.dependencies);
		}

		@Override
		public void adopt(CausalityToken token) {
			if (!token.isEmpty()) {
				this.dependencies.claim(token.transactions(), ThreadLocalCausality.this::executedByAll);
			}
		}

		@Override
		public void close() {
			if (this.outer != null) {
				ThreadLocalCausality.this.bound.set(this.outer);
			}
			else {
				ThreadLocalCausality.this.bound.remove();
			}
		}

	}

}
