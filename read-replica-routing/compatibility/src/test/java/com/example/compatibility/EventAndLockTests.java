package com.example.compatibility;

import java.time.Duration;
import java.util.Locale;
import java.util.UUID;

import javax.sql.DataSource;

import com.foobar.routing.Causality;
import org.junit.jupiter.api.Test;

import org.springframework.integration.jdbc.lock.DefaultLockRepository;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.modulith.events.IncompleteEventPublications;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Libraries that keep their own state in the database and read it in read-only
 * transactions of their own.
 */
class EventAndLockTests {

	private static final Duration LEASE = Duration.ofMinutes(1);

	@Test
	void springIntegrationLocks() throws Exception {
		DefaultLockRepository locks = Servers.bean(DefaultLockRepository.class);
		String lock = UUID.randomUUID().toString();
		assertThat(locks.acquire(lock, LEASE)).isTrue();
		assertThat(locks.isAcquired(lock)).as("queried by the thread that holds it").isTrue();
		assertThat(Servers.elsewhere(() -> locks.isAcquired(lock))).as("queried by another thread").isFalse();
		assertThat(Servers.elsewhere(() -> {
			try (Causality.Scope scope = Servers.bean(Causality.class).openAtPrimary()) {
				return locks.isAcquired(lock);
			}
		})).as("begun at the primary").isTrue();
	}

	/** The bean of the application's own pool leads to the primary. */
	@Test
	void springIntegrationLocksOnThePrimarysPool() throws Exception {
		DataSource primary = Servers.application().getBean("dataSource", DataSource.class);
		DefaultLockRepository locks = new DefaultLockRepository(primary);
		locks.setTransactionManager(new JdbcTransactionManager(primary));
		locks.setApplicationContext(Servers.application());
		locks.afterPropertiesSet();
		locks.afterSingletonsInstantiated();
		locks.start();
		String lock = UUID.randomUUID().toString();
		assertThat(locks.acquire(lock, LEASE)).isTrue();
		assertThat(Servers.elsewhere(() -> locks.isAcquired(lock))).isTrue();
	}

	@Test
	void springModulithResubmission() throws Exception {
		IncompleteEventPublications publications = Servers.bean(IncompleteEventPublications.class);
		int plain = deliveries(() -> publications.resubmitIncompletePublicationsOlderThan(Duration.ZERO));
		int atPrimary = deliveries(() -> {
			try (Causality.Scope scope = Servers.bean(Causality.class).openAtPrimary()) {
				publications.resubmitIncompletePublicationsOlderThan(Duration.ZERO);
			}
		});
		System.out.printf(Locale.ROOT, "%-14s delivered %d times, begun at the primary %d%n", "Modulith", plain, atPrimary);
		assertThat(plain).as("what the README says of it").isEqualTo(2);
		assertThat(atPrimary).isOne();
	}

	/** The replica has the event, but not its completion. */
	private int deliveries(Runnable resubmission) throws Exception {
		Announcements announcements = Servers.bean(Announcements.class);
		String text = UUID.randomUUID().toString();
		announcements.hold();
		Servers.bean(Board.class).announce(text);
		Servers.standStill();
		announcements.release();
		Servers.await(() -> open(text) == 0);
		assertThat(announcements.deliveries(text)).isOne();
		Servers.elsewhere(() -> {
			resubmission.run();
			return null;
		});
		// A duplicate delivery of the first event would happen before that of this one.
		String last = UUID.randomUUID().toString();
		Servers.bean(Board.class).announce(last);
		Servers.await(() -> announcements.deliveries(last) == 1 && open(last) == 0 && announcements.idle());
		return announcements.deliveries(text);
	}

	private static int open(String text) {
		return Servers.bean(JdbcClient.class)
			.sql("SELECT COUNT(*) FROM EVENT_PUBLICATION WHERE SERIALIZED_EVENT LIKE ? AND COMPLETION_DATE IS NULL")
			.param("%" + text + "%")
			.query(Integer.class)
			.single();
	}

}
