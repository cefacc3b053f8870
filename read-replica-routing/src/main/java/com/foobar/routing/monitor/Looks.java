package com.foobar.routing.monitor;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import com.foobar.routing.monitor.Look.Purpose;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Looks at servers, at each at most once at a time and not without a pause, however many
 * want to know. Each look has a thread of its own, so that a server that hangs does not
 * delay the others. Thread-safe.
 */
final class Looks {

	private static final Log logger = LogFactory.getLog(Looks.class);

	private static final Duration PAUSE = Duration.ofMillis(10);

	private final ScheduledExecutorService pace;

	private final ExecutorService lookers;

	private final Recorder recorder;

	Looks(ScheduledExecutorService pace, ExecutorService lookers, Recorder recorder) {
		this.pace = pace;
		this.lookers = lookers;
		this.recorder = recorder;
	}

	/**
	 * Begin a look unless one is under way. One for which there is no thread counts as a
	 * bad one: nobody may take the server for what it was at the last look.
	 * @return whether one was begun
	 * @throws RejectedExecutionException if the application ends
	 */
	boolean begin(WatchedNode watched, Purpose purpose) {
		Look before = watched.current();
		Look look = Look.begin(purpose);
		if (!before.isOver() || !watched.look.compareAndSet(before, look)) {
			return false;
		}
		try {
			this.lookers.execute(() -> look(watched, look));
		}
		catch (RejectedExecutionException ex) {
			throw ex;
		}
		catch (Throwable ex) {
			Failures.log(logger, "The check of " + watched.name + " could not start; the next one follows", ex);
			conclude(watched, look, failed(ex));
		}
		return true;
	}

	/**
	 * See to it that a look begins after this call. Calls while one is under way share
	 * the next one. Returns at once.
	 */
	void again(WatchedNode watched, Purpose purpose) {
		watched.wanted.accumulateAndGet(purpose,
				(one, other) -> (one != null && one.compareTo(other) > 0) ? one : other);
		if (watched.current().isOver()) {
			scheduleWanted(watched);
		}
	}

	private void scheduleWanted(WatchedNode watched) {
		long pause = watched.current().began() + PAUSE.toNanos() - System.nanoTime();
		try {
			ScheduledFuture<?> unused = this.pace.schedule(() -> beginWantedGuarded(watched), Math.max(0, pause),
					TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			logger.trace("The application ends; " + watched.name + " is no longer looked at", ex);
		}
	}

	// What escapes from a task of the pace is kept in a future that nobody asks.
	private void beginWantedGuarded(WatchedNode watched) {
		try {
			beginWanted(watched, null);
		}
		catch (RejectedExecutionException ex) {
			logger.trace("The application ends; " + watched.name + " is no longer looked at", ex);
		}
		catch (Throwable ex) {
			Failures.log(logger, "The requested check of " + watched.name + " failed; the next one follows", ex);
		}
	}

	/**
	 * Begin the look that is wanted. Whoever is quicker begins it for all, so that many
	 * who ask do not keep the others' looks from ever beginning.
	 * @param otherwise what to begin if nothing is wanted, {@code null} for nothing
	 */
	private void beginWanted(WatchedNode watched, @Nullable Purpose otherwise) {
		Purpose wanted = watched.wanted.getAndSet(null);
		Purpose purpose = (wanted != null) ? wanted : otherwise;
		if (purpose != null && !begin(watched, purpose) && wanted != null) {
			again(watched, wanted);
		}
	}

	// A server whose look never ended would not be looked at again.
	private void look(WatchedNode watched, Look look) {
		Observation observation;
		try {
			observation = watched.probe.look();
		}
		catch (Throwable ex) {
			Failures.log(logger, "The check of " + watched.name + " failed; the next one follows", ex);
			observation = failed(ex);
		}
		conclude(watched, look, observation);
	}

	private static Observation failed(Throwable ex) {
		return new Observation.Unreachable("the look failed: " + ex);
	}

	private void conclude(WatchedNode watched, Look look, Observation observation) {
		try {
			this.recorder.record(watched, look, observation);
		}
		catch (Throwable ex) {
			Failures.log(logger,
					"The result of the check of " + watched.name + " could not be recorded; the next check follows",
					ex);
		}
		finally {
			look.found().complete(observation);
			if (watched.wanted.get() != null) {
				scheduleWanted(watched);
			}
		}
	}

	/**
	 * What a look finds that begins after this call.
	 * @return {@code null} if there was none in time
	 */
	@Nullable Observation ask(WatchedNode watched, Duration patience) {
		long asked = System.nanoTime();
		long left = patience.toNanos();
		try {
			while (left > 0) {
				Look current = watched.current();
				if (current.isOver() && current.began() - asked >= 0) {
					return current.found().join();
				}
				if (!current.isOver()) {
					current.found().get(left, TimeUnit.NANOSECONDS);
				}
				else {
					long pause = current.began() + PAUSE.toNanos() - System.nanoTime();
					if (pause > 0) {
						TimeUnit.NANOSECONDS.sleep(Math.min(pause, left));
					}
					else {
						beginWanted(watched, Purpose.DISCOVERY);
					}
				}
				left = asked + patience.toNanos() - System.nanoTime();
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		catch (RejectedExecutionException | ExecutionException | TimeoutException ex) {
			logger.trace("No answer of " + watched.name + " within " + patience, ex);
		}
		return null;
	}

	/**
	 * Hears what each look found, on the thread of the look.
	 */
	interface Recorder {

		void record(WatchedNode watched, Look look, Observation observation);

	}

}
