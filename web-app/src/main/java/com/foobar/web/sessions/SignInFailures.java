package com.foobar.web.sessions;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import com.foobar.web.problem.DatabaseOutage;

/**
 * Counts failed sign-ins in the database, for all instances. A success writes nothing.
 * While the primary is down, each instance counts in memory. Thread-safe.
 */
@Component
class SignInFailures {

	private static final Logger logger = LoggerFactory.getLogger(SignInFailures.class);

	private static final int MAX_IN_MEMORY = 10_000;

	private final JdbcClient jdbc;

	private final TransactionTemplate reading;

	private final TransactionTemplate writing;

	private final SignInProperties limits;

	private final Clock clock;

	private final Cache<String, Count> inMemory;

	SignInFailures(JdbcClient jdbc, PlatformTransactionManager transactions, SignInProperties limits, Clock clock) {
		this.jdbc = jdbc;
		this.reading = new TransactionTemplate(transactions);
		this.reading.setReadOnly(true);
		this.writing = new TransactionTemplate(transactions);
		this.limits = limits;
		this.clock = clock;
		this.inMemory = Caffeine.newBuilder()
			.maximumSize(MAX_IN_MEMORY)
			.expireAfter(Expiry.creating((String subject, Count count) -> limits.window()))
			.build();
	}

	/**
	 * A key of the counts, and its limit of failures.
	 */
	private record Subject(String hash, int limit) {

	}

	private record Count(String subject, int failures, Instant since) {

	}

	/**
	 * Check whether a sign-in may be attempted.
	 * @param account the e-mail address of the sign-in
	 * @param address the network of the client
	 * @return how long to wait, empty if it may be attempted now
	 */
	Optional<Duration> waitFor(String account, String address) {
		Instant now = this.clock.instant();
		List<Subject> subjects = subjects(account, address);
		List<Count> counts = this.reading.execute((status) -> counts(subjects));
		return subjects.stream()
			.flatMap((subject) -> Stream
				.concat(counts.stream().filter((count) -> count.subject().equals(subject.hash())),
						Stream.ofNullable(this.inMemory.getIfPresent(subject.hash())))
				.filter((count) -> count.failures() >= subject.limit()))
			.map((count) -> Duration.between(now, count.since().plus(this.limits.window())))
			.filter((wait) -> !wait.isNegative() && !wait.isZero())
			.max(Duration::compareTo);
	}

	void record(String account, String address) {
		Instant now = this.clock.instant();
		List<Subject> subjects = subjects(account, address);
		try {
			this.writing.executeWithoutResult((status) -> subjects.forEach((subject) -> count(subject, now)));
		}
		catch (RuntimeException ex) {
			if (!DatabaseOutage.causes(ex)) {
				throw ex;
			}
			logger.debug("Counting failed sign-ins in memory: {}", DatabaseOutage.reason(ex));
			subjects.forEach((subject) -> countInMemory(subject, now));
		}
	}

	private List<Count> counts(List<Subject> subjects) {
		return this.jdbc.sql("SELECT subject, failures, since FROM sign_in_failures WHERE subject IN (:subjects)")
			.param("subjects", subjects.stream().map(Subject::hash).toList())
			.query((row, number) -> new Count(row.getString(1), row.getInt(2),
					row.getObject(3, LocalDateTime.class).toInstant(ZoneOffset.UTC)))
			.list();
	}

	/**
	 * MySQL assigns columns from left to right: {@code failures} is computed from the old
	 * {@code since}.
	 */
	private void count(Subject subject, Instant now) {
		LocalDateTime time = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
		LocalDateTime outdated = time.minus(this.limits.window());
		this.jdbc
			.sql("INSERT INTO sign_in_failures (subject, failures, since) VALUES (:subject, 1, :now)"
					+ " ON DUPLICATE KEY UPDATE failures = IF(since < :outdated, 1, failures + 1),"
					+ " since = IF(since < :outdated, :now, since)")
			.param("subject", subject.hash())
			.param("now", time)
			.param("outdated", outdated)
			.update();
		this.jdbc.sql("DELETE FROM sign_in_failures WHERE since < :outdated ORDER BY since LIMIT 10")
			.param("outdated", outdated.minus(this.limits.window()))
			.update();
	}

	private void countInMemory(Subject subject, Instant now) {
		this.inMemory.asMap()
			.merge(subject.hash(), new Count(subject.hash(), 1, now),
					(before, one) -> new Count(before.subject(), before.failures() + 1, before.since()));
	}

	private List<Subject> subjects(String account, String address) {
		return List.of(new Subject(hash("both", account + "\n" + address), this.limits.perAccountAndAddress()),
				new Subject(hash("account", account), this.limits.perAccount()),
				new Subject(hash("address", address), this.limits.perAddress()));
	}

	/** The table does not disclose accounts and addresses. */
	private static String hash(String kind, String text) {
		try {
			MessageDigest digest = MessageDigest.getInstance("SHA-256");
			return HexFormat.of().formatHex(digest.digest((kind + "\n" + text).getBytes(StandardCharsets.UTF_8)));
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
