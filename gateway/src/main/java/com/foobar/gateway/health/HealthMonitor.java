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

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.BackendState.AdminState;
import com.foobar.gateway.backend.Backends;
import com.foobar.gateway.backend.BackendsListener;
import com.foobar.gateway.backend.DatabaseReports;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

import org.springframework.context.SmartLifecycle;

/**
 * Checks each backend on its own schedule: a backend that hangs delays no other check.
 * Intervals have a jitter of a tenth, so that several gateways do not check at the same
 * time.
 * <p>
 * Startup waits for the first result of each backend, so that the web server, which
 * starts later, can forward its first request.
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

	private final Map<Backend, Schedule> schedules = new ConcurrentHashMap<>();

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
			for (Schedule schedule : this.schedules.values()) {
				if (!schedule.checked.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
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
			Schedule schedule = new Schedule(backend, running);
			this.schedules.put(backend, schedule);
			schedule.schedule(Duration.ZERO);
		}
	}

	@Override
	public void removed(Backend backend) {
		this.schedules.remove(backend);
	}

	@Override
	public void stop() {
		ScheduledExecutorService running = this.executor;
		this.executor = null;
		this.schedules.clear();
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

	/** The schedule of one backend. */
	private final class Schedule {

		private final Backend backend;

		private final ScheduledExecutorService executor;

		private final CountDownLatch checked = new CountDownLatch(1);

		Schedule(Backend backend, ScheduledExecutorService executor) {
			this.backend = backend;
			this.executor = executor;
		}

		void schedule(Duration delay) {
			try {
				var unused = this.executor.schedule(this::run, delay.toNanos(), TimeUnit.NANOSECONDS);
			}
			catch (RejectedExecutionException ex) {
				logger.trace("Stopped; {} is no longer checked", this.backend);
			}
		}

		private void run() {
			if (HealthMonitor.this.schedules.get(this.backend) != this) {
				return;
			}
			long start = System.nanoTime();
			// A check may fail in more than one way; the next one is scheduled once.
			AtomicBoolean completed = new AtomicBoolean();
			try {
				if (isInMaintenance()) {
					completeOnce(completed, null, start);
					return;
				}
				HealthMonitor.this.check.check(this.backend)
					.switchIfEmpty(Mono.fromSupplier(() -> new ReadinessCheck.Result.Failed("the check had no result")))
					.subscribe((result) -> completeOnce(completed, result, start),
							(ex) -> completeFailed(completed, ex, start));
			}
			catch (Throwable ex) {
				completeFailed(completed, ex, start);
			}
		}

		private void completeFailed(AtomicBoolean completed, Throwable ex, long start) {
			completeOnce(completed, new ReadinessCheck.Result.Failed("the check failed: " + ex), start);
		}

		// The next check is scheduled after any error, even if the log cannot be written.
		// Otherwise the backend would keep its state until the gateway stops.
		private void completeOnce(AtomicBoolean completed, ReadinessCheck.@Nullable Result result, long start) {
			if (!completed.compareAndSet(false, true)) {
				return;
			}
			try {
				record(result);
			}
			catch (Throwable ex) {
				logger.error("The result {} of the check of {} could not be recorded; checks go on", result,
						this.backend, ex);
			}
			finally {
				this.checked.countDown();
				long interval = jittered(HealthMonitor.this.properties.interval());
				schedule(Duration.ofNanos(Math.max(0, interval - (System.nanoTime() - start))));
			}
		}

		private boolean isInMaintenance() {
			return HealthMonitor.this.backends.snapshot()
				.states()
				.stream()
				.anyMatch((state) -> state.backend() == this.backend
						&& state.overrides().adminState() == AdminState.MAINTENANCE);
		}

		/** Records a result; null in maintenance, when no check runs. */
		private void record(ReadinessCheck.@Nullable Result result) {
			if (result != null) {
				HealthMonitor.this.backends.update(this.backend,
						(state) -> HealthMonitor.this.rules.after(state, result, HealthMonitor.this.clock.instant()));
			}
			HealthMonitor.this.databases.report(this.backend,
					(result instanceof ReadinessCheck.Result.Ready ready) ? ready.databases() : List.of());
		}

		private static long jittered(Duration interval) {
			return (long) (interval.toNanos() * ThreadLocalRandom.current().nextDouble(0.9, 1.1));
		}

	}

}
