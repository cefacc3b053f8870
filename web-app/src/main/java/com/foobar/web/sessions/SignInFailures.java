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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import com.foobar.web.problem.DatabaseOutage;

/**
 * Counts failed sign-ins where all instances see them: in the database. A success writes
 * nothing. While the primary is gone failures are counted on this instance alone.
 * Thread-safe.
 */
@Component
class SignInFailures {

	private static final Logger logger = LoggerFactory.getLogger(SignInFailures.class);

	private static final int MAX_UNRECORDED = 10_000;

	private final JdbcClient jdbc;

	private final TransactionTemplate reading;

	private final TransactionTemplate writing;

	private final SignInProperties limits;

	private final Clock clock;

	private final Map<String, Count> unrecorded = new ConcurrentHashMap<>();

	SignInFailures(JdbcClient jdbc, PlatformTransactionManager transactions, SignInProperties limits, Clock clock) {
		this.jdbc = jdbc;
		this.reading = new TransactionTemplate(transactions);
		this.reading.setReadOnly(true);
		this.writing = new TransactionTemplate(transactions);
		this.limits = limits;
		this.clock = clock;
	}

	/**
	 * What failures are counted for, and how many are suffered.
	 */
	private record Subject(String hash, int limit) {

	}

	private record Count(String subject, int failures, Instant since) {

	}

	/**
	 * Look whether a sign-in may be tried.
	 * @param account the address that somebody signs in with
	 * @param address where the request came from
	 * @return how long to wait; empty if it may be tried now
	 */
	Optional<Duration> waitFor(String account, String address) {
		Instant now = this.clock.instant();
		List<Subject> subjects = subjects(account, address);
		List<Count> counts = this.reading.execute((status) -> counts(subjects));
		return subjects.stream()
			.flatMap((subject) -> Stream
				.concat(counts.stream().filter((count) -> count.subject().equals(subject.hash())),
						Stream.ofNullable(this.unrecorded.get(subject.hash())))
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
			logger.debug("Failed sign-ins are counted on this instance: {}", DatabaseOutage.reason(ex));
			subjects.forEach((subject) -> countHere(subject, now));
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
	 * The columns are assigned from left to right: the count is renewed by the old time.
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

	private void countHere(Subject subject, Instant now) {
		Instant outdated = now.minus(this.limits.window());
		if (this.unrecorded.size() >= MAX_UNRECORDED) {
			this.unrecorded.values().removeIf((count) -> count.since().isBefore(outdated));
		}
		if (this.unrecorded.size() < MAX_UNRECORDED) {
			this.unrecorded.merge(subject.hash(), new Count(subject.hash(), 1, now),
					(before, one) -> before.since().isBefore(outdated) ? one
							: new Count(before.subject(), before.failures() + 1, before.since()));
		}
	}

	private List<Subject> subjects(String account, String address) {
		return List.of(new Subject(hash("both", account + "\n" + address), this.limits.perAccountAndAddress()),
				new Subject(hash("account", account), this.limits.perAccount()),
				new Subject(hash("address", address), this.limits.perAddress()));
	}

	/** The table tells nobody who was meant. */
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
