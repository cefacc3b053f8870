package com.foobar.routing.consistency;

import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import com.foobar.routing.RoutingDecision;
import com.foobar.routing.RoutingListener;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * An application whose data are registers with increasing numbers: a read of a smaller
 * number than required is stale.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class CheckedApplication {

	@Bean
	Registers registers(JdbcTemplate jdbc) {
		return new Registers(jdbc);
	}

	@Bean
	Decisions decisions() {
		return new Decisions();
	}

	static final class Decisions implements RoutingListener {

		private final Queue<RoutingDecision> decisions = new ConcurrentLinkedQueue<>();

		@Override
		public void onRouted(RoutingDecision decision) {
			this.decisions.add(decision);
		}

		Queue<RoutingDecision> decisions() {
			return this.decisions;
		}

	}

	@RestController
	static class Web {

		private final Registers registers;

		Web(Registers registers) {
			this.registers = registers;
		}

		@PostMapping("/registers/{key}/{number}")
		String raise(@PathVariable long key, @PathVariable long number) {
			this.registers.raise(key, number);
			return "";
		}

		@PostMapping("/registers/{key}/{number}/outside-transaction")
		String raiseOutsideTransaction(@PathVariable long key, @PathVariable long number) {
			this.registers.raiseOutsideTransaction(key, number);
			return "";
		}

		@PostMapping("/registers/{key}/{number}/and-read")
		String raiseAndRead(@PathVariable long key, @PathVariable long number) {
			this.registers.raise(key, number);
			return read(key);
		}

		@GetMapping("/registers/{key}")
		String read(@PathVariable long key) {
			return Long.toString(this.registers.read(key));
		}

	}

	static class Registers {

		private final JdbcTemplate jdbc;

		Registers(JdbcTemplate jdbc) {
			this.jdbc = jdbc;
		}

		@Transactional
		public void raise(long key, long number) {
			raiseOutsideTransaction(key, number);
		}

		/** Always changes a row, because a server assigns no GTID otherwise. */
		public void raiseOutsideTransaction(long key, long number) {
			this.jdbc.update(
					"INSERT INTO register (id, number) VALUES (?, ?) "
							+ "ON DUPLICATE KEY UPDATE number = GREATEST(number, ?), changes = changes + 1",
					key, number, number);
		}

		@Transactional(readOnly = true)
		public long read(long key) {
			return Objects.requireNonNull(this.jdbc
				.queryForObject("SELECT COALESCE(MAX(number), 0) FROM register WHERE id = ?", Long.class, key));
		}

	}

}
