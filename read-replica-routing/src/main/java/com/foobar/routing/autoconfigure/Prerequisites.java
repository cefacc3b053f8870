package com.foobar.routing.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import javax.sql.DataSource;
import javax.sql.XADataSource;

import com.foobar.routing.Causality;
import com.foobar.routing.Consistency;
import com.foobar.routing.physical.PhysicalDataSource;
import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.util.ClassUtils;

/**
 * Checks what routing needs of the application to keep its guarantees. An application
 * that would break one silently does not start.
 */
final class Prerequisites {

	private static final String JTA = "org.springframework.transaction.jta.JtaTransactionManager";

	static final String EVENTUAL = " Or set read-replica-routing.consistency=eventual, if reads may miss their client's own writes.";

	private Prerequisites() {
	}

	/** JTA does not set connections to read-only. */
	static void requireLocalTransactions(ListableBeanFactory beans) {
		ClassLoader loader = Prerequisites.class.getClassLoader();
		if (!ClassUtils.isPresent("jakarta.transaction.UserTransaction", loader)) {
			return;
		}
		List<String> names = Arrays
			.asList(beans.getBeanNamesForType(ClassUtils.resolveClassName(JTA, loader), true, false));
		if (!names.isEmpty()) {
			throw new InvalidRoutingConfigurationException("Transactions are run by JTA (bean "
					+ String.join(", ", names)
					+ "), which does not set connections to read-only; expected local transactions. Every read would go to the primary.",
					"Use local transactions, as Spring Boot does without a JTA library, or remove read-replica-routing.replicas.");
		}
	}

	/**
	 * Check the application's own DataSource.
	 * @param name its bean name
	 * @param dataSource the bean
	 * @param causality receives the commits of a pool that another bean wraps
	 * @param failures receives failures of its connections
	 */
	static void requireRoutable(String name, DataSource dataSource, Causality causality, NodeFailures failures) {
		if (DataSourceUnwrapper.unwrap(dataSource, AbstractRoutingDataSource.class) != null) {
			throw new InvalidRoutingConfigurationException(
					"The DataSource '" + name + "' is a " + dataSource.getClass().getName()
							+ ", which selects a database for each connection; expected the pool of one primary.",
					"If it sends reads to replicas, remove it and configure the primary with spring.datasource. "
							+ "If it selects tenants or shards, remove read-replica-routing.replicas, since they belong to one primary.");
		}
		HikariDataSource pool = DataSourceUnwrapper.unwrap(dataSource, HikariConfigMXBean.class,
				HikariDataSource.class);
		// P6Spy's proxy implements XADataSource whatever it wraps.
		if (pool == null && dataSource instanceof XADataSource) {
			throw new InvalidRoutingConfigurationException("The DataSource '" + name + "' is an XADataSource ("
					+ dataSource.getClass().getName()
					+ "), whose transactions span several resources; expected a pool of local transactions. A replica cannot take part in XA transactions.",
					"Use a HikariCP pool, as Spring Boot does by default, or remove read-replica-routing.replicas.");
		}
		if (pool != null) {
			PrimaryPoolPreparer.prepare(pool, causality, failures);
		}
		Consistency consistency = causality.consistency();
		if (consistency != Consistency.EVENTUAL && (pool == null || !PhysicalDataSource.isBelow(pool))) {
			throw new InvalidRoutingConfigurationException("read-replica-routing.consistency is "
					+ consistency.name().toLowerCase(Locale.ROOT).replace('_', '-')
					+ ", but the commits of the DataSource '" + name + "' (" + describe(dataSource, pool)
					+ ") cannot be tracked; expected a HikariCP pool that has not started. Reads could miss their client's own writes.",
					"Use a HikariCP pool with a jdbc-url that has not started: remove spring.datasource.type, or create the bean with "
							+ "the constructor HikariDataSource() and set its properties." + EVENTUAL);
		}
	}

	private static String describe(DataSource dataSource, @Nullable HikariDataSource pool) {
		if (pool == null) {
			return dataSource.getClass().getName() + ", not a HikariCP pool";
		}
		return pool.isRunning() ? "a HikariCP pool that has started already" : "a HikariCP pool without a jdbc-url";
	}

}
