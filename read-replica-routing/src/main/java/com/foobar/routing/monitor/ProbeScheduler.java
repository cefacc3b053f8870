package com.foobar.routing.monitor;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.foobar.routing.monitor.ProbeRun.Purpose;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Probes servers. Each server has at most one probe at a time and a pause between two,
 * however many callers request one. Each probe has a thread of its own, so that a server
 * that hangs does not delay the others. Thread-safe.
 */
final class ProbeScheduler {

	private static final Log logger = LogFactory.getLog(ProbeScheduler.class);

	private static final Duration PAUSE = Duration.ofMillis(10);

	private final ScheduledExecutorService scheduler;

	private final ExecutorService probeThreads;

	private final Recorder recorder;

	ProbeScheduler(ScheduledExecutorService scheduler, ExecutorService probeThreads, Recorder recorder) {
		this.scheduler = scheduler;
		this.probeThreads = probeThreads;
		this.recorder = recorder;
	}

	/**
	 * Start a probe unless one is running. If no thread can be created the probe counts
	 * as failed: the last result must not be taken for the current state.
	 * @return whether one was started
	 * @throws RejectedExecutionException if the application is stopping
	 */
	boolean start(WatchedNode watched, Purpose purpose) {
		ProbeRun before = watched.current();
		ProbeRun run = ProbeRun.start(purpose);
		if (!before.isDone() || !watched.current.compareAndSet(before, run)) {
			return false;
		}
		try {
			this.probeThreads.execute(() -> probe(watched, run));
		}
		catch (RejectedExecutionException ex) {
			throw ex;
		}
		catch (Throwable ex) {
			Failures.log(logger, "The probe of " + watched.name + " could not start; the next one follows", ex);
			complete(watched, run, failed(ex));
		}
		return true;
	}

	/**
	 * Request a probe that starts after this call. Calls during a running probe share the
	 * next one. Returns at once.
	 */
	void request(WatchedNode watched, Purpose purpose) {
		watched.requested.accumulateAndGet(purpose,
				(one, other) -> (one != null && one.compareTo(other) > 0) ? one : other);
		if (watched.current().isDone()) {
			scheduleRequested(watched);
		}
	}

	private void scheduleRequested(WatchedNode watched) {
		long pause = watched.current().started() + PAUSE.toNanos() - System.nanoTime();
		try {
			ScheduledFuture<?> unused = this.scheduler.schedule(() -> startRequestedGuarded(watched),
					Math.max(0, pause), TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			logger.trace("The application is stopping; " + watched.name + " is no longer probed", ex);
		}
	}

	// An exception of a scheduled task is kept in a future that is never read.
	private void startRequestedGuarded(WatchedNode watched) {
		try {
			startRequested(watched, null);
		}
		catch (RejectedExecutionException ex) {
			logger.trace("The application is stopping; " + watched.name + " is no longer probed", ex);
		}
		catch (Throwable ex) {
			Failures.log(logger, "The requested probe of " + watched.name + " failed; the next one follows", ex);
		}
	}

	/**
	 * Start the requested probe. The first caller starts it for all, so that many waiting
	 * callers cannot keep the probes of others from starting.
	 * @param otherwise what to start if nothing is requested, {@code null} for nothing
	 */
	private void startRequested(WatchedNode watched, @Nullable Purpose otherwise) {
		Purpose requested = watched.requested.getAndSet(null);
		Purpose purpose = (requested != null) ? requested : otherwise;
		if (purpose != null && !start(watched, purpose) && requested != null) {
			request(watched, requested);
		}
	}

	// A server whose probe never ended would not be probed again.
	private void probe(WatchedNode watched, ProbeRun run) {
		Observation observation;
		try {
			observation = watched.probe.probe();
		}
		catch (Throwable ex) {
			Failures.log(logger, "The probe of " + watched.name + " failed; the next one follows", ex);
			observation = failed(ex);
		}
		complete(watched, run, observation);
	}

	private static Observation failed(Throwable ex) {
		return new Observation.Unreachable("the probe failed: " + ex);
	}

	private void complete(WatchedNode watched, ProbeRun run, Observation observation) {
		try {
			this.recorder.record(watched, run, observation);
		}
		catch (Throwable ex) {
			Failures.log(logger,
					"The result of the probe of " + watched.name + " could not be recorded; the next probe follows",
					ex);
		}
		finally {
			run.result().complete(observation);
			if (watched.requested.get() != null) {
				scheduleRequested(watched);
			}
		}
	}

	/**
	 * Wait for the result of a probe that starts after this call. Concurrent callers
	 * share one probe.
	 * @return {@code null} if there was none in time
	 */
	@Nullable Observation await(WatchedNode watched, Duration timeout) {
		long called = System.nanoTime();
		long left = timeout.toNanos();
		try {
			while (left > 0) {
				ProbeRun current = watched.current();
				if (current.isDone() && current.started() - called >= 0) {
					return current.result().join();
				}
				if (!current.isDone()) {
					current.result().get(left, TimeUnit.NANOSECONDS);
				}
				else {
					long pause = current.started() + PAUSE.toNanos() - System.nanoTime();
					if (pause > 0) {
						TimeUnit.NANOSECONDS.sleep(Math.min(pause, left));
					}
					else {
						startRequested(watched, Purpose.DISCOVERY);
					}
				}
				left = called + timeout.toNanos() - System.nanoTime();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RejectedExecutionException | ExecutionException | TimeoutException ex) {
			logger.trace("No response from " + watched.name + " within " + timeout, ex);
		}
		return null;
	}

	/**
	 * Records the result of each probe, on the thread of the probe.
	 */
	interface Recorder {

		void record(WatchedNode watched, ProbeRun run, Observation observation);

	}

}
