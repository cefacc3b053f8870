package com.foobar.routing.readonly;

import java.util.List;

import com.foobar.routing.url.JdbcUrl;
import com.zaxxer.hikari.HikariConfig;
import org.jspecify.annotations.Nullable;

/**
 * Puts {@link ReadOnlyQueryInterceptor} and {@link ReadOnlyExceptionInterceptor} into the
 * pools.
 */
public final class ReadOnlyInterceptors {

	private static final String EXPLAINERS = "exceptionInterceptors";

	private static final String GUARDS = "queryInterceptors";

	private ReadOnlyInterceptors() {
	}

	/**
	 * Add both to a pool of Connector/J that has not started, behind interceptors that
	 * the pool has. A URL with interceptors of failures is left alone, since the driver
	 * would not use both; those of statements are taken over from it.
	 * @param pool the configuration of the pool
	 * @param onReplica whether its server is a replica for good
	 */
	public static void addTo(HikariConfig pool, boolean onReplica) {
		String url = pool.getJdbcUrl();
		JdbcUrl parts = JdbcUrl.of((url != null) ? url : "");
		if (!parts.isMySql()) {
			return;
		}
		add(pool, GUARDS, parts.parameters().get(GUARDS),
				(onReplica ? ReadOnlyQueryInterceptor.OnReplica.class : ReadOnlyQueryInterceptor.class).getName());
		if (!parts.parameters().containsKey(EXPLAINERS)) {
			add(pool, EXPLAINERS, null, ReadOnlyExceptionInterceptor.class.getName());
		}
	}

	/** The driver takes a property of the pool before one of the URL. */
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
