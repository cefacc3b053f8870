package com.example.compatibility;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.core.SimpleLock;
import org.jobrunr.scheduling.JobScheduler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.quartz.JobBuilder;
import org.quartz.JobExecutionContext;
import org.quartz.Scheduler;
import org.quartz.SchedulerException;
import org.quartz.TriggerBuilder;

import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.scheduling.quartz.QuartzJobBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Libraries that keep jobs in the database and run them on threads of their own. The row
 * that a job reads is committed together with the job.
 */
class JobTests {

	private static final int JOBS = 5;

	private final Board board = Servers.bean(Board.class);

	private final Jobs jobs = Servers.bean(Jobs.class);

	@AfterEach
	void withoutRecipe() {
		JobCausality.enabled = false;
	}

	@Test
	void jobRunr() {
		JobScheduler scheduler = Servers.bean(JobScheduler.class);
		assertThat(report("JobRunr", (text) -> scheduler.<Jobs>enqueue((jobs) -> jobs.look(text)))).isPositive();
	}

	@Test
	void dbScheduler() {
		SchedulerClient scheduler = Servers.bean(SchedulerClient.class);
		OneTimeTask<?> task = Servers.bean(OneTimeTask.class);
		report("db-scheduler", (text) -> scheduler.scheduleIfNotExists(task.instance(text), Instant.now()));
	}

	@Test
	void quartzClustered() {
		Scheduler scheduler = Servers.bean(Scheduler.class);
		int missed = report("Quartz", (text) -> {
			try {
				scheduler.scheduleJob(JobBuilder.newJob(QuartzLook.class).withIdentity(text).build(),
						TriggerBuilder.newTrigger().startNow().build());
			}
			catch (SchedulerException ex) {
				throw new IllegalStateException(ex);
			}
		});
		assertThat(missed).isPositive();
	}

	/** Prints the README's entry. */
	private int report(String library, Order order) {
		int missed = missed(order);
		JobCausality.enabled = true;
		int missedAtPrimary = missed(order);
		System.out.printf(Locale.ROOT, "%-14s missed %d of %d, begun at the primary %d of %d%n", library, missed, JOBS,
				missedAtPrimary, JOBS);
		assertThat(missedAtPrimary).as(library + ", begun at the primary").isZero();
		return missed;
	}

	private int missed(Order order) {
		List<String> texts = Stream.generate(() -> UUID.randomUUID().toString()).limit(JOBS).toList();
		texts.forEach((text) -> this.board.add(text, () -> order.place(text)));
		int missed = 0;
		for (String text : texts) {
			Servers.await(() -> this.jobs.found(text) != null);
			missed += this.jobs.found(text) ? 0 : 1;
		}
		return missed;
	}

	@Test
	void springBatch() throws Exception {
		JobOperator operator = Servers.bean(JobOperator.class);
		Job job = Servers.bean(Job.class);
		String text = UUID.randomUUID().toString();
		assertThat(Servers
			.elsewhere(() -> operator.start(job, new JobParametersBuilder().addString("text", text).toJobParameters()))
			.getStatus()).isEqualTo(BatchStatus.COMPLETED);
		assertThat(this.jobs.found(text)).as("by a step, after one that wrote").isTrue();
		assertThatExceptionOfType(JobInstanceAlreadyCompleteException.class).isThrownBy(() -> Servers
			.elsewhere(() -> operator.start(job, new JobParametersBuilder().addString("text", text).toJobParameters())));
	}

	@Test
	void shedLock() throws Exception {
		LockProvider locks = Servers.bean(LockProvider.class);
		LockConfiguration lock = new LockConfiguration(Instant.now(), UUID.randomUUID().toString(),
				Duration.ofMinutes(1), Duration.ZERO);
		Optional<SimpleLock> taken = locks.lock(lock);
		assertThat(taken).isPresent();
		assertThat(Servers.elsewhere(() -> locks.lock(lock))).isEmpty();
		taken.get().unlock();
		assertThat(Servers.elsewhere(() -> locks.lock(lock))).isPresent();
	}

	private interface Order {

		void place(String text);

	}

	/**
	 * A job of Quartz.
	 */
	static class QuartzLook extends QuartzJobBean {

		private final Jobs jobs;

		QuartzLook(Jobs jobs) {
			this.jobs = jobs;
		}

		@Override
		protected void executeInternal(JobExecutionContext context) {
			this.jobs.look(context.getJobDetail().getKey().getName());
		}

	}

}
