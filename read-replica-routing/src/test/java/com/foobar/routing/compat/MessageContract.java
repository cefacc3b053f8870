package com.foobar.routing.compat;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import com.foobar.routing.Causality;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The example of the README: a message about a new row, handled by another thread while
 * the replica lacks the row.
 */
abstract class MessageContract extends Compatibility {

	@Test
	void messageHandlerReadsItsSendersWrites() throws InterruptedException {
		start(Application.class, WITHOUT_JPA, "read-replica-routing.max-lag=2h",
				"read-replica-routing.wait-timeout=1ms");
		servers().delayReplication(Duration.ofHours(1));
		try {
			await(() -> bean(Transactions.class).reading(() -> server(bean(JdbcTemplate.class))) == REPLICA);
			BlockingQueue<Message> queue = new LinkedBlockingQueue<>();
			BlockingQueue<Integer> found = new LinkedBlockingQueue<>();
			Thread consumer = new Thread(() -> consume(queue, found));
			consumer.start();
			queue.add(send(UUID.randomUUID().toString()));
			assertThat(found.take()).as("rows found with the token").isEqualTo(1);
			queue.add(new Message(send(UUID.randomUUID().toString()).text(), ""));
			assertThat(found.take()).as("rows found without it").isZero();
			consumer.join();
		}
		finally {
			servers().delayReplication(Duration.ZERO);
		}
	}

	private Message send(String text) {
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		Causality causality = bean(Causality.class);
		bean(Transactions.class).writing(() -> insert(jdbc, text));
		return new Message(text, causality.current().toString());
	}

	private void consume(BlockingQueue<Message> queue, BlockingQueue<Integer> found) {
		Causality causality = bean(Causality.class);
		try {
			for (int i = 0; i < 2; i++) {
				Message message = queue.take();
				try (Causality.Scope scope = causality.open(causality.receive(message.readAfter()))) {
					found.add(handle(message));
					assertThat(scope.hasAdvanced()).isFalse();
				}
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private int handle(Message message) {
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		return bean(Transactions.class).reading(() -> count(jdbc, message.text()));
	}

	record Message(String text, String readAfter) {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Transactions transactions() {
			return new Transactions();
		}

	}

}
