package com.example.compatibility;

import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;

import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.scope.context.ChunkContext;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The jobs of db-scheduler and Spring Batch.
 */
@Configuration(proxyBeanMethods = false)
class JobDefinitions {

	@Bean
	OneTimeTask<Void> look(Jobs jobs) {
		return Tasks.oneTime("look").execute((instance, context) -> jobs.look(instance.getId()));
	}

	@Bean
	Job writeAndLook(JobRepository repository, Board board, Jobs jobs) {
		Step write = new StepBuilder("write", repository).tasklet((contribution, context) -> {
			board.add(text(context), () -> {
			});
			return RepeatStatus.FINISHED;
		}).build();
		Step look = new StepBuilder("look", repository).tasklet((contribution, context) -> {
			jobs.look(text(context));
			return RepeatStatus.FINISHED;
		}).build();
		return new JobBuilder("write-and-look", repository).start(write).next(look).build();
	}

	private static String text(ChunkContext context) {
		return (String) context.getStepContext().getJobParameters().get("text");
	}

}
