package com.foobar.gateway.health;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import com.foobar.gateway.backend.AdminState;
import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.Backends;
import com.foobar.gateway.backend.BackendsListener;
import com.foobar.gateway.backend.DatabaseReports;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;

/**
 * Checks every backend, each on its own clock: one that hangs delays the checks of no
 * other. The clocks run with a jitter of a tenth, so that several gateways do not fall
 * into step.
 * <p>
 * The start waits for the first result of each backend, so that the web server, which
 * starts later, knows at its first request where to send it.
 */
class HealthMonitor implements SmartLifecycle, BackendsListener {

	/** After the discovery of the backends, before the web server. */
	static final int PHASE = 1;

	private static final Logger logger = LoggerFactory.getLogger(HealthMonitor.class);

	private final Backends backends;

	private final DatabaseReports databases;

	private final ReadinessCheck check;

	private final HealthRules rules;

	private final HealthProperties properties;

	private final Clock clock;

	private final Map<Backend, Watch> watches = new ConcurrentHashMap<>();

	private volatile @Nullable ScheduledExecutorService executor;

	HealthMonitor(Backends backends, DatabaseReports databases, ReadinessCheck check, HealthProperties properties,
			Clock clock) {
		this.backends = backends;
		this.databases = databases;
		this.check = check;
		this.rules = new HealthRules(properties.rise(), properties.fall());
		this.properties = properties;
		this.clock = clock;
	}

	@Override
	public void start() {
		ScheduledThreadPoolExecutor started = new ScheduledThreadPoolExecutor(1, (task) -> {
			Thread thread = new Thread(task, "backend-health");
			thread.setDaemon(true);
			return thread;
		});
		started.setRemoveOnCancelPolicy(true);
		this.executor = started;
		this.backends.subscribe(this);
		awaitFirstResults();
	}

	private void awaitFirstResults() {
		long deadline = System.nanoTime() + this.properties.timeout().plusMillis(500).toNanos();
		try {
			for (Watch watch : this.watches.values()) {
				if (!watch.checked.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
					return;
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Override
	public void added(Backend backend) {
		ScheduledExecutorService running = this.executor;
		if (running != null) {
			Watch watch = new Watch(backend, running);
			this.watches.put(backend, watch);
			watch.schedule(Duration.ZERO);
		}
	}

	@Override
	public void removed(Backend backend) {
		this.watches.remove(backend);
	}

	@Override
	public void stop() {
		ScheduledExecutorService running = this.executor;
		this.executor = null;
		this.watches.clear();
		if (running != null) {
			running.shutdownNow();
		}
	}

	@Override
	public boolean isRunning() {
		return this.executor != null;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	/** The clock of one backend. */
	private final class Watch {

		private final Backend backend;

		private final ScheduledExecutorService executor;

		private final CountDownLatch checked = new CountDownLatch(1);

		Watch(Backend backend, ScheduledExecutorService executor) {
			this.backend = backend;
			this.executor = executor;
		}

		void schedule(Duration delay) {
			try {
				var unused = this.executor.schedule(this::run, delay.toNanos(), TimeUnit.NANOSECONDS);
			}
			catch (RejectedExecutionException ex) {
				logger.trace("Stopped; {} is not checked any more", this.backend);
			}
		}

		private void run() {
			if (HealthMonitor.this.watches.get(this.backend) != this) {
				return;
			}
			long begin = System.nanoTime();
			// A check may fail in more than one way; the next one is scheduled once.
			AtomicBoolean concluded = new AtomicBoolean();
			try {
				if (isInMaintenance()) {
					concludeOnce(concluded, null, begin);
					return;
				}
				HealthMonitor.this.check.check(this.backend)
					.switchIfEmpty(Mono.fromSupplier(() -> new CheckResult.Failed("the check found nothing")))
					.subscribe((result) -> concludeOnce(concluded, result, begin),
							(ex) -> concludeFailed(concluded, ex, begin));
			}
			catch (Throwable ex) {
				concludeFailed(concluded, ex, begin);
			}
		}

		private void concludeFailed(AtomicBoolean concluded, Throwable ex, long begin) {
			concludeOnce(concluded, new CheckResult.Failed("the check failed: " + ex), begin);
		}

		// Whatever happens here, and be it that the log cannot be written, the next check
		// comes. Without it the backend would keep its state until the gateway stops.
		private void concludeOnce(AtomicBoolean concluded, @Nullable CheckResult result, long begin) {
			if (!concluded.compareAndSet(false, true)) {
				return;
			}
			try {
				conclude(result);
			}
			catch (Throwable ex) {
				logger.error("The result {} of the check of {} could not be recorded; the next check comes", result,
						this.backend, ex);
			}
			finally {
				this.checked.countDown();
				long interval = jittered(HealthMonitor.this.properties.interval());
				schedule(Duration.ofNanos(Math.max(0, interval - (System.nanoTime() - begin))));
			}
		}

		private boolean isInMaintenance() {
			return HealthMonitor.this.backends.snapshot()
				.states()
				.stream()
				.anyMatch((state) -> state.backend() == this.backend
						&& state.orders().adminState() == AdminState.MAINTENANCE);
		}

		/** Records a result; null in maintenance, when nothing is checked. */
		private void conclude(@Nullable CheckResult result) {
			if (result != null) {
				HealthMonitor.this.backends.update(this.backend,
						(state) -> HealthMonitor.this.rules.after(state, result, HealthMonitor.this.clock.instant()));
			}
			HealthMonitor.this.databases.report(this.backend,
					(result instanceof CheckResult.Ready ready) ? ready.databases() : List.of());
		}

		private static long jittered(Duration interval) {
			return (long) (interval.toNanos() * ThreadLocalRandom.current().nextDouble(0.9, 1.1));
		}

	}

}
