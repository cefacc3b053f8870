package com.foobar.routing.readonly;

import java.util.List;

import com.foobar.routing.url.JdbcUrl;
import com.zaxxer.hikari.HikariConfig;
import org.jspecify.annotations.Nullable;

/**
 * Adds {@link ReadOnlyQueryInterceptor} and {@link ReadOnlyExceptionInterceptor} to the
 * pools.
 */
public final class ReadOnlyInterceptors {

	private static final String EXCEPTION_INTERCEPTORS = "exceptionInterceptors";

	private static final String QUERY_INTERCEPTORS = "queryInterceptors";

	private ReadOnlyInterceptors() {
	}

	/**
	 * Add both to a pool of Connector/J that has not started, after the interceptors that
	 * the pool has. Query interceptors of the URL are copied to the pool. If the URL has
	 * exception interceptors, none is added, since the driver would ignore those of the
	 * URL.
	 * @param pool the configuration of the pool
	 * @param onReplica whether its server is always a replica
	 */
	public static void addTo(HikariConfig pool, boolean onReplica) {
		String url = pool.getJdbcUrl();
		JdbcUrl parts = JdbcUrl.of((url != null) ? url : "");
		if (!parts.isMySql()) {
			return;
		}
		add(pool, QUERY_INTERCEPTORS, parts.parameters().get(QUERY_INTERCEPTORS),
				(onReplica ? ReadOnlyQueryInterceptor.OnReplica.class : ReadOnlyQueryInterceptor.class).getName());
		if (!parts.parameters().containsKey(EXCEPTION_INTERCEPTORS)) {
			add(pool, EXCEPTION_INTERCEPTORS, null, ReadOnlyExceptionInterceptor.class.getName());
		}
	}

	/** A property of the pool overrides one of the URL. */
	private static void add(HikariConfig pool, String property, @Nullable String inUrl, String ours) {
		Object set = pool.getDataSourceProperties().get(property);
		String theirs = (set != null) ? set.toString() : inUrl;
		if (theirs == null || theirs.isBlank()) {
			pool.addDataSourceProperty(property, ours);
		}
		else if (!List.of(theirs.split("\\s*,\\s*")).contains(ours)) {
			pool.addDataSourceProperty(property, theirs + "," + ours);
		}
	}

}
