package com.foobar.web.seed;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.StringJoiner;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import com.foobar.web.SiteProperties;

/**
 * Inserts {@code foobar.seed-notices} notices by fifty authors, dated within the last
 * year, shows its progress, and stops the application. The texts are the same every time,
 * so that measurements are comparable.
 */
@Component
@ConditionalOnProperty("foobar.seed-notices")
class NoticeSeeder implements ApplicationRunner {

	private static final int AUTHORS = 50;

	private static final int BATCH_SIZE = 500;

	private static final int YEAR_SECONDS = 365 * 24 * 3600;

	private static final List<String> WORDS = List.of("bicycle", "borrow", "bread", "bridge", "choir", "corner",
			"evening", "exchange", "found", "garden", "glove", "harbour", "kitchen", "ladder", "lantern", "library",
			"looking", "market", "meeting", "morning", "neighbour", "orchard", "piano", "plums", "quiet", "rain",
			"river", "school", "station", "street", "summer", "table", "teacher", "thursday", "tiles", "tools",
			"umbrella", "violin", "window", "workshop");

	private final JdbcClient jdbc;

	private final TransactionTemplate writing;

	private final ConfigurableApplicationContext context;

	private final Clock clock;

	private final int count;

	NoticeSeeder(JdbcClient jdbc, PlatformTransactionManager transactions, ConfigurableApplicationContext context,
			Clock clock, SiteProperties properties) {
		this.jdbc = jdbc;
		this.writing = new TransactionTemplate(transactions);
		this.context = context;
		this.clock = clock;
		this.count = Objects.requireNonNull(properties.seedNotices(), "seedNotices");
	}

	@Override
	public void run(ApplicationArguments arguments) {
		Random random = new Random(1);
		LocalDateTime now = LocalDateTime.ofInstant(this.clock.instant(), ZoneOffset.UTC);
		List<Long> authors = authors(now);
		ProgressBar progress = new ProgressBar(this.count, ProgressBar.isTerminal());
		Instant start = this.clock.instant();
		for (int done = 0; done < this.count;) {
			int rows = Math.min(BATCH_SIZE, this.count - done);
			this.writing.executeWithoutResult((status) -> insert(rows, authors, now, random));
			done += rows;
			progress.show(done, Duration.between(start, this.clock.instant()));
		}
	}

	/** Stops the application after startup: other runners need the context until then. */
	@EventListener
	void stop(AvailabilityChangeEvent<ReadinessState> event) {
		if (event.getState() == ReadinessState.ACCEPTING_TRAFFIC) {
			new Thread(this.context::close, "end-of-seed").start();
		}
	}

	private List<Long> authors(LocalDateTime now) {
		return this.writing.execute((status) -> {
			for (int i = 1; i <= AUTHORS; i++) {
				this.jdbc.sql("INSERT IGNORE INTO members (name, email, password_hash, created_at) VALUES (?, ?, ?, ?)")
					.params("Writer " + i, "seed-" + i + "@foobar.invalid", "{bcrypt}!", now)
					.update();
			}
			return this.jdbc.sql("SELECT id FROM members WHERE email LIKE 'seed-%@foobar.invalid' ORDER BY id")
				.query(Long.class)
				.list();
		});
	}

	private void insert(int rows, List<Long> authors, LocalDateTime now, Random random) {
		StringJoiner values = new StringJoiner(", ");
		List<Object> parameters = new ArrayList<>(4 * rows);
		for (int row = 0; row < rows; row++) {
			values.add("(?, ?, ?, ?)");
			parameters.add(authors.get(random.nextInt(authors.size())));
			parameters.add(words(random, 2 + random.nextInt(5)));
			parameters.add(words(random, 10 + random.nextInt(90)));
			parameters.add(now.minusSeconds(random.nextInt(YEAR_SECONDS)));
		}
		this.jdbc.sql("INSERT INTO notices (author_id, title, body, created_at) VALUES " + values)
			.params(parameters)
			.update();
	}

	private static String words(Random random, int count) {
		StringBuilder text = new StringBuilder();
		for (int i = 0; i < count; i++) {
			String word = WORDS.get(random.nextInt(WORDS.size()));
			text.append((i == 0) ? Character.toUpperCase(word.charAt(0)) + word.substring(1) : " " + word);
		}
		return text.toString();
	}

}
