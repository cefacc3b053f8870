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

	private volatile Supplier<@Nullable GtidSet> primaryQuery = () -> null;

	private final List<WaitListener> waitListeners = new CopyOnWriteArrayList<>();

	private final LongAdder accepted = new LongAdder();

	private final LongAdder unreadable = new LongAdder();

	private final LongAdder unknown = new LongAdder();

	/** What this instance has committed lately, and so the primary has. */
	private final AtomicReference<ObservedGtids> committed = new AtomicReference<>(ObservedGtids.NONE);

	/** {@code null} until the data source is built. */
	private volatile @Nullable Topology topology;

	/**
	 * Create the causality of one data source.
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

	void onWaited(DatabaseNode replica, Duration waited, boolean reached) {
		this.waitListeners.forEach((listener) -> listener.onWaited(replica, waited, reached));
	}

	/** Count a token with GTIDs that the primary does not have. */
	void countUnknown() {
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
	public Scope open(CausalityToken token) {
		return enter(new Dependencies(token.transactions()));
	}

	@Override
	public Scope openAtPrimary() {
		if (this.consistency == Consistency.EVENTUAL) {
			return open();
		}
		GtidSet executed = this.primaryQuery.get();
		if (executed == null) {
			throw new IllegalStateException(
					"The primary did not report its executed GTIDs in time; expected a response within 5 s. Without it the work could miss earlier commits. Try again later.");
		}
		ThreadScope scope = enter(new Dependencies(GtidSet.NONE));
		scope.dependencies.observed(executed, this::executedByAll);
		return scope;
	}

	/**
	 * Connect to the servers.
	 * @param topology the state of the servers
	 * @param primaryQuery queries what the primary has executed; returns {@code null} if
	 * it does not respond
	 */
	void attach(Topology topology, Supplier<@Nullable GtidSet> primaryQuery) {
		this.topology = topology;
		this.primaryQuery = primaryQuery;
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
	 * Record what this thread has just read. Errant GTIDs of a replica are dropped: no
	 * other server will ever have them.
	 */
	void observed(GtidSet transactions) {
		PrimaryGtids primary = primaryGtids();
		threadScope().dependencies.observed((primary != null) ? primary.withoutErrant(transactions) : transactions,
				this::executedByAll);
	}

	/** False if the primary, queried since, turned out to lack them. */
	boolean wasCommittedHere(GtidSet transactions) {
		PrimaryGtids primary = primaryGtids();
		return Objects
			.requireNonNull(this.committed.updateAndGet((before) -> Objects.requireNonNull(before).settle(primary)))
			.all()
			.contains(transactions);
	}

	/**
	 * Return what reads of this thread require.
	 * @param timeout how long they may wait for it
	 */
	RequiredGtids required(Duration timeout) {
		ThreadScope scope = this.bound.get();
		return (scope != null) ? scope.dependencies.required(primaryGtids(), timeout) : RequiredGtids.NONE;
	}

	private @Nullable PrimaryGtids primaryGtids() {
		Topology topology = this.topology;
		return (topology != null) ? topology.snapshot().primaryGtids() : null;
	}

	private GtidSet executedByAll() {
		Topology topology = this.topology;
		return (topology != null) ? topology.snapshot().executedByAll() : GtidSet.NONE;
	}

	/** Return what this thread depends on; shared by all threads of its scope. */
	Dependencies dependencies() {
		ThreadScope scope = this.bound.get();
		return (scope != null) ? scope.dependencies : Dependencies.NONE;
	}

	private final class ThreadScope implements Scope {

		private final Dependencies dependencies;

		private final @Nullable ThreadScope outer;

		private ThreadScope(Dependencies dependencies, @Nullable ThreadScope outer) {
			this.dependencies = dependencies;
			this.outer = outer;
		}

		@Override
		public CausalityToken token() {
			return CausalityToken
				.of(this.dependencies.forToken(primaryGtids(), ThreadLocalCausality.this::executedByAll));
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
				this.dependencies.addUnverified(token.transactions(), ThreadLocalCausality.this::executedByAll);
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
