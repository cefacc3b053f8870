package com.example.compatibility;

import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

import com.foobar.routing.Causality;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.core.task.AsyncTaskExecutor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Threads that continue the work of the thread that wrote.
 */
class ThreadTests {

	private final Board board = Servers.bean(Board.class);

	private final Causality causality = Servers.bean(Causality.class);

	private final String text = UUID.randomUUID().toString();

	@BeforeEach
	void write() {
		this.board.add(this.text, () -> {
		});
	}

	@Test
	void asyncMethod() {
		assertThat(this.board.hasElsewhere(this.text).join()).isTrue();
	}

	@Test
	void bootsExecutor() throws Exception {
		AsyncTaskExecutor executor = Servers.application().getBean("applicationTaskExecutor", AsyncTaskExecutor.class);
		assertThat(executor.submit(() -> this.board.has(this.text)).get()).isTrue();
		assertThat(CompletableFuture.supplyAsync(() -> this.board.has(this.text), executor).join()).isTrue();
	}

	@Test
	void executorOfTheApplication() throws Exception {
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try {
			assertThat(executor.submit(() -> this.board.has(this.text)).get()).as("plain").isFalse();
			Callable<Boolean> task = this.causality.wrap(() -> this.board.has(this.text));
			assertThat(executor.submit(task).get()).as("wrapped").isTrue();
		}
		finally {
			executor.shutdownNow();
		}
	}

	@Test
	void commonPool() {
		assertThat(CompletableFuture.supplyAsync(() -> this.board.has(this.text), ForkJoinPool.commonPool()).join())
			.as("plain")
			.isFalse();
		Causality.Scope scope = this.causality.scope();
		assertThat(CompletableFuture.supplyAsync(() -> hasIn(scope), ForkJoinPool.commonPool()).join()).as("entered")
			.isTrue();
	}

	@Test
	void parallelStream() {
		Causality.Scope scope = this.causality.scope();
		assertThat(IntStream.range(0, 100).parallel().allMatch((i) -> hasIn(scope))).isTrue();
	}

	private boolean hasIn(Causality.Scope scope) {
		try (Causality.Scope here = scope.enter()) {
			return this.board.has(this.text);
		}
	}

}
