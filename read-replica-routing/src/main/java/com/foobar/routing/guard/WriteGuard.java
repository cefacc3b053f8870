package com.foobar.routing.guard;

import com.foobar.routing.url.JdbcUrl;
import com.zaxxer.hikari.HikariConfig;

/**
 * Puts {@link ReadOnlyTransactionExplainer} into the pools.
 */
public final class WriteGuard {

	private static final String INTERCEPTORS = "exceptionInterceptors";

	private WriteGuard() {
	}

	/**
	 * Add the explainer to a pool of Connector/J that has not started, behind
	 * interceptors that the pool has. A URL with interceptors is left alone, since the
	 * driver would not look at both.
	 * @param pool the configuration of the pool
	 */
	public static void addTo(HikariConfig pool) {
		String url = pool.getJdbcUrl();
		JdbcUrl parts = JdbcUrl.of((url != null) ? url : "");
		if (!parts.isMySql() || parts.parameters().containsKey(INTERCEPTORS)) {
			return;
		}
		String ours = ReadOnlyTransactionExplainer.class.getName();
		Object theirs = pool.getDataSourceProperties().get(INTERCEPTORS);
		if (theirs == null) {
			pool.addDataSourceProperty(INTERCEPTORS, ours);
		}
		else if (!theirs.toString().contains(ours)) {
			pool.addDataSourceProperty(INTERCEPTORS, theirs + "," + ours);
		}
	}

}
