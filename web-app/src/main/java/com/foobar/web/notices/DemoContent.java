package com.foobar.web.notices;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import com.foobar.web.problem.DatabaseOutage;

/**
 * Inserts sample notices at startup if {@code foobar.demo-content} is set and there are
 * no notices. Several instances may start at the same time: the unique index on the
 * authors' addresses lets one of them succeed.
 */
@Component
@ConditionalOnProperty("foobar.demo-content")
class DemoContent implements ApplicationRunner {

	private static final Logger logger = LoggerFactory.getLogger(DemoContent.class);

	/** Matches no password: these members cannot sign in. */
	private static final String NO_PASSWORD = "{bcrypt}!";

	private static final List<String> AUTHORS = List.of("Ines Albrecht", "Tomasz Nowak", "Mrs. Okafor", "Jun");

	private static final List<Entry> ENTRIES = List.of(
			new Entry(0, 90, "Found: grey cat with a white paw",
					"She walked into the bakery on Saturday, ate a croissant and fell asleep in the flour store. "
							+ "No collar. She is with us until somebody misses her."),
			new Entry(1, 60 * 5, "Choir needs two basses",
					"We sing on Thursdays at seven, in the old fire station. You need not read music. "
							+ "You need to come on Thursdays at seven."),
			new Entry(2, 60 * 9, "Ladder, eight metres",
					"Anybody may borrow it. It hangs behind the house with the blue door.\n\n"
							+ "Please bring it back with the same number of rungs."),
			new Entry(3, 60 * 26, "Bicycle workshop on Sunday",
					"Bring your bicycle, we bring tools and tea. Last month we mended eleven, and a pram."),
			new Entry(0, 60 * 31, "Looking for a piano teacher", "For a beginner aged 61. Patience welcome."),
			new Entry(1, 60 * 52, "Swap: plums for quinces",
					"Two buckets of plums, ripe now. Quinces in October will do."),
			new Entry(2, 60 * 75, "Road closed on Monday",
					"Mill Lane is closed from seven to four, because the water pipe is replaced. The bus stops at the "
							+ "church instead."),
			new Entry(3, 60 * 100, "Lost: one blue glove, left hand",
					"The right one is lonely. Somewhere between the library and the tram."),
			new Entry(0, 60 * 130, "Reading room stays open longer",
					"Until ten in the evening, from Monday to Thursday. There is heating."),
			new Entry(1, 60 * 170, "To give away: 40 roof tiles", "Red, old, and heavy. Collect them with friends."));

	private final JdbcClient jdbc;

	private final TransactionTemplate writing;

	private final Clock clock;

	DemoContent(JdbcClient jdbc, PlatformTransactionManager transactions, Clock clock) {
		this.jdbc = jdbc;
		this.writing = new TransactionTemplate(transactions);
		this.clock = clock;
	}

	private record Entry(int author, int minutesAgo, String title, String body) {

	}

	@Override
	public void run(ApplicationArguments arguments) {
		try {
			this.writing.executeWithoutResult((status) -> fillIfEmpty());
		}
		catch (DuplicateKeyException ex) {
			logger.debug("Another instance inserted the demo content");
		}
		catch (RuntimeException ex) {
			if (!DatabaseOutage.causes(ex)) {
				throw ex;
			}
			logger.warn("Could not insert the demo content: {}", DatabaseOutage.reason(ex));
		}
	}

	private void fillIfEmpty() {
		if (this.jdbc.sql("SELECT EXISTS (SELECT 1 FROM notices)").query(Integer.class).single() != 0) {
			return;
		}
		Instant now = this.clock.instant().truncatedTo(ChronoUnit.MICROS);
		for (int author = 0; author < AUTHORS.size(); author++) {
			this.jdbc.sql("INSERT INTO members (name, email, password_hash, created_at) VALUES (?, ?, ?, ?)")
				.params(AUTHORS.get(author), "demo-" + author + "@foobar.invalid", NO_PASSWORD,
						at(now, Duration.ofDays(30)))
				.update();
		}
		for (Entry entry : ENTRIES) {
			this.jdbc
				.sql("INSERT INTO notices (author_id, title, body, created_at)"
						+ " SELECT id, ?, ?, ? FROM members WHERE email = ?")
				.params(entry.title(), entry.body(), at(now, Duration.ofMinutes(entry.minutesAgo())),
						"demo-" + entry.author() + "@foobar.invalid")
				.update();
		}
		logger.info("Inserted {} notices of demo content", ENTRIES.size());
	}

	private static LocalDateTime at(Instant now, Duration before) {
		return LocalDateTime.ofInstant(now.minus(before), ZoneOffset.UTC);
	}

}
