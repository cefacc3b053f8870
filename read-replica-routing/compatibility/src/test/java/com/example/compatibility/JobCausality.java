package com.example.compatibility;

import java.util.List;

import com.foobar.routing.Causality;
import com.github.kagkarlsson.scheduler.event.ExecutionInterceptor;
import org.jobrunr.jobs.Job;
import org.jobrunr.jobs.filters.JobServerFilter;
import org.jobrunr.server.BackgroundJobServer;
import org.quartz.JobExecutionContext;
import org.quartz.JobExecutionException;
import org.quartz.listeners.JobListenerSupport;

import org.springframework.boot.quartz.autoconfigure.SchedulerFactoryBeanCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The configuration with which an application's jobs read everything committed before
 * their start: each job starts from the primary's GTID set. Disabled by the tests that
 * show the behaviour without it.
 */
@Configuration(proxyBeanMethods = false)
class JobCausality {

	static volatile boolean enabled;

	@Bean
	ExecutionInterceptor beginAtPrimary(Causality causality) {
		return (task, context, chain) -> {
			if (!enabled) {
				return chain.proceed(task, context);
			}
			try (Causality.Scope scope = causality.openAtPrimary()) {
				return chain.proceed(task, context);
			}
		};
	}

	@Bean
	SchedulerFactoryBeanCustomizer quartzBeginsAtPrimary(Causality causality) {
		return (scheduler) -> scheduler.setGlobalJobListeners(new QuartzListener(causality));
	}

	@Bean
	Object jobRunrBeginsAtPrimary(BackgroundJobServer server, Causality causality) {
		JobRunrFilter filter = new JobRunrFilter(causality);
		server.setJobFilters(List.of(filter));
		return filter;
	}

	/** Called on the thread that runs the job. */
	static class JobRunrFilter implements JobServerFilter {

		private final Causality causality;

		private final ThreadLocal<Causality.Scope> scope = new ThreadLocal<>();

		JobRunrFilter(Causality causality) {
			this.causality = causality;
		}

		@Override
		public void onProcessing(Job job) {
			if (enabled) {
				this.scope.set(this.causality.openAtPrimary());
			}
		}

		@Override
		public void onProcessingSucceeded(Job job) {
			close();
		}

		@Override
		public void onProcessingFailed(Job job, Exception failure) {
			close();
		}

		private void close() {
			if (this.scope.get() != null) {
				this.scope.get().close();
				this.scope.remove();
			}
		}

	}

	/** Called on the thread that runs the job. */
	static class QuartzListener extends JobListenerSupport {

		private final Causality causality;

		private final ThreadLocal<Causality.Scope> scope = new ThreadLocal<>();

		QuartzListener(Causality causality) {
			this.causality = causality;
		}

		@Override
		public String getName() {
			return "begin-at-primary";
		}

		@Override
		public void jobToBeExecuted(JobExecutionContext context) {
			if (enabled) {
				this.scope.set(this.causality.openAtPrimary());
			}
		}

		@Override
		public void jobWasExecuted(JobExecutionContext context, JobExecutionException failure) {
			if (this.scope.get() != null) {
				this.scope.get().close();
				this.scope.remove();
			}
		}

	}

}
