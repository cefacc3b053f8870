package com.foobar.routing.compat;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import com.foobar.routing.Causality;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.scheduling.annotation.Async;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Work that continues in another thread while the replica lacks the write.
 */
abstract class AsyncContract extends Compatibility {

	private static final String OLD_JDK = "virtual threads need JDK 21; run the tests on one to try them";

	@Test
	void asyncMethodReadsItsCallersWrites() {
		startWithStoppedReplication();
		try {
			assertThat(writeAndFind()).isTrue();
		}
		finally {
			servers().delayReplication(Duration.ZERO);
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = OLD_JDK)
	void asyncMethodOnVirtualThreadReadsItsCallersWrites() throws ReflectiveOperationException {
		startWithStoppedReplication("spring.threads.virtual.enabled=true");
		try {
			assertThat(bean(Board.class).threadIsVirtual().join()).isTrue();
			assertThat(writeAndFind()).isTrue();
		}
		finally {
			servers().delayReplication(Duration.ZERO);
		}
	}

	@Test
	@EnabledForJreRange(min = JRE.JAVA_21, disabledReason = OLD_JDK)
	void manyVirtualThreadsShareTheFewConnections() {
		start(WebApplicationType.NONE, Application.class, WITHOUT_JPA, "spring.threads.virtual.enabled=true");
		Board board = bean(Board.class);
		CompletableFuture<?>[] reads = new CompletableFuture<?>[200];
		for (int i = 0; i < reads.length; i++) {
			reads[i] = board.serverElsewhere().thenAccept((server) -> assertThat(server).isIn(PRIMARY, REPLICA));
		}
		CompletableFuture.allOf(reads).join();
		assertThat(board.server()).isEqualTo(REPLICA);
	}

	@Test
	void wrappedTaskOnAnotherThreadReadsItsCallersWrites() throws Exception {
		startWithStoppedReplication();
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try {
			Board board = bean(Board.class);
			Causality causality = bean(Causality.class);
			String text = UUID.randomUUID().toString();
			try (Causality.Scope scope = causality.open()) {
				board.add(text);
				assertThat(executor.submit(() -> board.has(text)).get()).as("without the caller's scope").isFalse();
				assertThat(executor.submit(causality.wrap(() -> board.has(text))).get()).isTrue();
				assertThat(scope.hasAdvanced()).isTrue();
			}
		}
		finally {
			executor.shutdownNow();
			servers().delayReplication(Duration.ZERO);
		}
	}

	/** As libraries that store jobs in the database do. */
	@Test
	void jobThatStartsFromThePrimaryReadsEarlierCommits() throws Exception {
		startWithStoppedReplication();
		ExecutorService executor = Executors.newSingleThreadExecutor();
		try {
			Board board = bean(Board.class);
			Causality causality = bean(Causality.class);
			String text = UUID.randomUUID().toString();
			servers().onPrimary("INSERT INTO foobar.memo (text) VALUES ('" + text + "')");
			assertThat(executor.submit(() -> board.has(text)).get()).as("without the writer's token").isFalse();
			assertThat(executor.submit(() -> {
				try (Causality.Scope scope = causality.openAtPrimary()) {
					assertThat(scope.token().isEmpty()).isFalse();
					return board.has(text);
				}
			}).get()).isTrue();
			assertThat(executor.submit(() -> board.has(text)).get()).as("ends with its scope").isFalse();
		}
		finally {
			executor.shutdownNow();
			servers().delayReplication(Duration.ZERO);
		}
	}

	private boolean writeAndFind() {
		Board board = bean(Board.class);
		String text = UUID.randomUUID().toString();
		board.add(text);
		return board.hasElsewhere(text).join();
	}

	/** An eligible replica whose replication is stopped: the worst case. */
	private void startWithStoppedReplication(String... properties) {
		String[] all = new String[properties.length + 3];
		System.arraycopy(properties, 0, all, 3, properties.length);
		all[0] = WITHOUT_JPA;
		all[1] = "read-replica-routing.max-lag=2h";
		all[2] = "read-replica-routing.wait-timeout=1ms";
		start(WebApplicationType.NONE, Application.class, all);
		servers().delayReplication(Duration.ofHours(1));
		await(() -> bean(Board.class).server() == REPLICA);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableAsync
	static class Application {

		@Bean
		Board board(JdbcTemplate jdbc) {
			return new Board(jdbc);
		}

	}

	static class Board {

		private final JdbcTemplate jdbc;

		Board(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@Transactional
		public void add(String text) {
			insert(this.jdbc, text);
		}

		@Transactional(readOnly = true)
		public boolean has(String text) {
			return count(this.jdbc, text) == 1;
		}

		@Transactional(readOnly = true)
		public int server() {
			return Compatibility.server(this.jdbc);
		}

		@Async
		@Transactional(readOnly = true)
		public CompletableFuture<Boolean> hasElsewhere(String text) {
			return CompletableFuture.completedFuture(has(text));
		}

		@Async
		@Transactional(readOnly = true)
		public CompletableFuture<Integer> serverElsewhere() {
			return CompletableFuture.completedFuture(server());
		}

		@Async
		public CompletableFuture<Boolean> threadIsVirtual() throws ReflectiveOperationException {
			// Compiled for Java 17, which does not have the method.
			return CompletableFuture
				.completedFuture((Boolean) Thread.class.getMethod("isVirtual").invoke(Thread.currentThread()));
		}

	}

}
