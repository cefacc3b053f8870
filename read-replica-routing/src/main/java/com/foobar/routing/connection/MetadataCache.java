package com.foobar.routing.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import com.foobar.routing.Topology;
import com.foobar.routing.router.Intent;
import org.jspecify.annotations.Nullable;

/**
 * What is the same for all connections, so that one that has not been opened can answer
 * too: asked once of each primary, and asked anew when another server becomes the
 * primary. While that does not answer, what the one before said goes on to count.
 * Thread-safe.
 */
final class MetadataCache {

	/** Beyond that many a question is asked each time. */
	private static final int REMEMBERED = 256;

	private final Topology topology;

	private final ConnectionAcquirer borrowing;

	private volatile Known known;

	MetadataCache(Topology topology, ConnectionAcquirer borrowing) {
		this.topology = topology;
		this.borrowing = borrowing;
		this.known = new Known(primary(), null);
	}

	private String primary() {
		return this.topology.snapshot().primary().node().name();
	}

	private Known known() {
		Known known = this.known;
		String primary = primary();
		if (!known.primary.equals(primary)) {
			known = new Known(primary, known);
			this.known = known;
		}
		return known;
	}

	/**
	 * What an unopened connection answers about itself. Opens a connection for a moment
	 * if none was ever opened.
	 */
	ConnectionDefaults defaults() throws SQLException {
		Known known = known();
		ConnectionDefaults defaults = known.defaults;
		if (defaults == null) {
			defaults = (known.before == null) ? this.borrowing.defaults() : null;
			if (defaults == null) {
				try {
					defaults = ask(ConnectionDefaults::of);
				}
				catch (SQLException ex) {
					if (known.before == null || known.before.defaults == null) {
						throw ex;
					}
					return known.before.defaults;
				}
			}
			known.defaults = defaults;
		}
		return defaults;
	}

	/**
	 * Something that is the same for all connections.
	 * @param question identifies the question
	 * @param asked asks it
	 * @return the answer
	 */
	@Nullable Object fact(Object question, Fact asked) throws SQLException {
		Known known = known();
		Optional<Object> answer = known.answers.get(question);
		if (answer == null) {
			try {
				answer = ask((connection) -> Optional.ofNullable(asked.ask(connection)));
			}
			catch (SQLException ex) {
				answer = (known.before != null) ? known.before.answers.get(question) : null;
				if (answer == null) {
					throw ex;
				}
				return answer.orElse(null);
			}
			if (known.answers.size() < REMEMBERED) {
				known.answers.put(question, answer);
			}
		}
		return answer.orElse(null);
	}

	/** Ask the primary or, should it not answer, a replica. */
	private <T> T ask(Question<T> question) throws SQLException {
		ConnectionAcquirer.Borrowed borrowed;
		try {
			borrowed = this.borrowing.borrowSilently(Intent.AUTO_COMMIT);
		}
		catch (SQLException ex) {
			try {
				borrowed = this.borrowing.borrowSilently(Intent.READ_ONLY);
			}
			catch (SQLException again) {
				ex.addSuppressed(again);
				throw ex;
			}
		}
		try (Connection connection = borrowed.connection()) {
			return question.ask(connection);
		}
	}

	/**
	 * Asks a connection something that may have no answer.
	 */
	interface Fact {

		@Nullable Object ask(Connection connection) throws SQLException;

	}

	private interface Question<T> {

		T ask(Connection connection) throws SQLException;

	}

	/** The answers of one primary. */
	private static final class Known {

		private final String primary;

		/** The answers before, which have none before them. */
		private final @Nullable Known before;

		private final Map<Object, Optional<Object>> answers = new ConcurrentHashMap<>();

		private volatile @Nullable ConnectionDefaults defaults;

		Known(String primary, @Nullable Known before) {
			this.primary = primary;
			this.before = (before != null) ? before.alone() : null;
		}

		private Known alone() {
			if (this.before == null) {
				return this;
			}
			Known alone = new Known(this.primary, null);
			alone.answers.putAll(this.before.answers);
			alone.answers.putAll(this.answers);
			alone.defaults = (this.defaults != null) ? this.defaults : this.before.defaults;
			return alone;
		}

	}

}
