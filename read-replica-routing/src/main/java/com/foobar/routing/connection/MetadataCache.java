package com.foobar.routing.connection;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import com.foobar.routing.router.Intent;
import org.jspecify.annotations.Nullable;

/**
 * Caches what is the same for all connections, so that a connection that is not open yet
 * can report it. Queried once for each primary, and again after a failover. While the new
 * primary does not respond, the values of the former one are used. Thread-safe.
 */
final class MetadataCache {

	/** A value beyond that is queried each time. */
	private static final int MAX_VALUES = 256;

	private final ConnectionAcquirer acquirer;

	private volatile Entries current;

	MetadataCache(ConnectionAcquirer acquirer) {
		this.acquirer = acquirer;
		this.current = new Entries(primary(), null);
	}

	private String primary() {
		return this.acquirer.snapshot().primary().node().name();
	}

	private Entries current() {
		Entries current = this.current;
		String primary = primary();
		if (!current.primary.equals(primary)) {
			current = new Entries(primary, current);
			this.current = current;
		}
		return current;
	}

	/**
	 * Return the settings of a fresh connection. Opens a connection for a moment if none
	 * was ever opened.
	 */
	ConnectionDefaults defaults() throws SQLException {
		Entries current = current();
		ConnectionDefaults defaults = current.defaults;
		if (defaults == null) {
			defaults = (current.former == null) ? this.acquirer.defaults() : null;
			if (defaults == null) {
				try {
					defaults = query(ConnectionDefaults::of);
				}
				catch (SQLException ex) {
					if (current.former == null || current.former.defaults == null) {
						throw ex;
					}
					return current.former.defaults;
				}
			}
			current.defaults = defaults;
		}
		return defaults;
	}

	/**
	 * Return a value that is the same for all connections.
	 * @param key identifies the value
	 * @param query queries the value if it is not cached
	 * @return the value, which may be {@code null}
	 */
	@Nullable Object get(Object key, NullableQuery query) throws SQLException {
		Entries current = current();
		Optional<Object> value = current.values.get(key);
		if (value == null) {
			try {
				value = query((connection) -> Optional.ofNullable(query.run(connection)));
			}
			catch (SQLException ex) {
				value = (current.former != null) ? current.former.values.get(key) : null;
				if (value == null) {
					throw ex;
				}
				return value.orElse(null);
			}
			if (current.values.size() < MAX_VALUES) {
				current.values.put(key, value);
			}
		}
		return value.orElse(null);
	}

	/** Query the primary or, if it does not respond, a replica. */
	private <T> T query(Query<T> query) throws SQLException {
		Connection borrowed;
		try {
			borrowed = this.acquirer.borrowUnreported(Intent.AUTO_COMMIT);
		}
		catch (SQLException ex) {
			try {
				borrowed = this.acquirer.borrowUnreported(Intent.READ_ONLY);
			}
			catch (SQLException again) {
				ex.addSuppressed(again);
				throw ex;
			}
		}
		try (Connection connection = borrowed) {
			return query.run(connection);
		}
	}

	/**
	 * Queries a value that may be {@code null}.
	 */
	interface NullableQuery {

		@Nullable Object run(Connection connection) throws SQLException;

	}

	private interface Query<T> {

		T run(Connection connection) throws SQLException;

	}

	/** The values of one primary. */
	private static final class Entries {

		private final String primary;

		/** The values of the former primary, without those of the one before it. */
		private final @Nullable Entries former;

		private final Map<Object, Optional<Object>> values = new ConcurrentHashMap<>();

		private volatile @Nullable ConnectionDefaults defaults;

		Entries(String primary, @Nullable Entries former) {
			this.primary = primary;
			this.former = (former != null) ? former.merged() : null;
		}

		private Entries merged() {
			if (this.former == null) {
				return this;
			}
			Entries merged = new Entries(this.primary, null);
			merged.values.putAll(this.former.values);
			merged.values.putAll(this.values);
			merged.defaults = (this.defaults != null) ? this.defaults : this.former.defaults;
			return merged;
		}

	}

}
