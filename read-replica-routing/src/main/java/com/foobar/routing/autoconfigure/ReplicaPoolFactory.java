package com.foobar.routing.autoconfigure;

import java.beans.PropertyDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.foobar.routing.Consistency;
import com.foobar.routing.DatabaseNode;
import com.foobar.routing.DatabaseNode.Role;
import com.foobar.routing.autoconfigure.ReadReplicaRoutingProperties.Replica;
import com.foobar.routing.physical.EvictionRule;
import com.foobar.routing.url.JdbcUrl;
import com.zaxxer.hikari.HikariConfig;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.beans.BeanWrapper;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;

/**
 * Derives the pools of the replicas from the primary's: the same settings, the replica's
 * address, and the settings of {@code read-replica-routing.replicas[i].hikari}.
 */
final class ReplicaPoolFactory {

	/** Settings of the primary's pool alone, and those with their own rules below. */
	private static final Set<String> NOT_COPIED = Set.of("dataSource", "dataSourceProperties", "dataSourceClassName",
			"dataSourceJNDI", "jdbcUrl", "username", "password", "credentials", "credentialsProvider", "poolName",
			"readOnly", "autoCommit", "exceptionOverride", "exceptionOverrideClassName", "metricRegistry",
			"metricsTrackerFactory", "healthCheckRegistry", "initializationFailTimeout");

	private static final Log logger = LogFactory.getLog(ReplicaPoolFactory.class);

	/** The keys as relaxed binding leaves them in a map. */
	private static final Pattern DRIVER_PROPERTY = Pattern.compile("(?i)data-?source-?properties\\.(.+)");

	private static final long HIKARI_CONNECTION_TIMEOUT = 30_000;

	private static final long HIKARI_VALIDATION_TIMEOUT = 5_000;

	private final PrimaryPool primary;

	private final Binder binder;

	private final boolean rolesMayChange;

	private final boolean tracksCommits;

	ReplicaPoolFactory(PrimaryPool primary, Binder binder, ReadReplicaRoutingProperties properties) {
		this.rolesMayChange = properties.rolesMayChange();
		this.tracksCommits = properties.consistency() != Consistency.EVENTUAL;
		this.primary = primary;
		this.binder = binder;
	}

	List<ReplicaPool> create(List<Replica> replicas) {
		Map<String, String> taken = new LinkedHashMap<>();
		taken.put(this.primary.node().name(), "the primary");
		List<ReplicaPool> pools = new ArrayList<>();
		for (int i = 0; i < replicas.size(); i++) {
			String property = ReadReplicaRoutingProperties.PREFIX + ".replicas[" + i + "]";
			ReplicaPool pool = create(replicas.get(i), property, "replica-" + (i + 1));
			String other = taken.put(pool.node().name(), property);
			if (other != null) {
				throw new InvalidRoutingConfigurationException(
						property + " has the name " + pool.node().name() + ", which is also that of " + other
								+ "; expected a unique name for each server.",
						"Set " + property + ".name, or correct " + property
								+ ".url if it names the same server twice.");
			}
			pools.add(pool);
		}
		return pools;
	}

	private ReplicaPool create(Replica replica, String property, String defaultName) {
		String url = UrlPrerequisites.requireReplica(property + ".url", replica.url(),
				this.rolesMayChange && this.tracksCommits);
		String name = (replica.name() != null) ? replica.name() : NodeName.of(url, defaultName);
		HikariConfig config = new HikariConfig();
		copyPrimarySettings(config, JdbcUrl.of(url));
		copyDriverSettings(config, JdbcUrl.of(url), replica, name);
		config.setJdbcUrl(url);
		config.setUsername((replica.username() != null) ? replica.username() : this.primary.username());
		config.setPassword((replica.username() != null || replica.password() != null) ? replica.password()
				: this.primary.password());
		config.setPoolName(name.replace(':', '-'));
		config.setReadOnly(!this.rolesMayChange);
		config.setInitializationFailTimeout(-1);
		failFaster(config);
		this.binder.bind(property + ".hikari", Bindable.ofInstance(config),
				new NoUnboundElementsBindHandler(BindHandler.DEFAULT));
		return new ReplicaPool(new DatabaseNode(name, Role.REPLICA), config, replica.weight());
	}

	private void copyPrimarySettings(HikariConfig config, JdbcUrl url) {
		JdbcUrl primary = JdbcUrl.of(this.primary.url());
		boolean sameDriver = primary.driver().equals(url.driver()) && primary.wrappers().equals(url.wrappers());
		HikariConfig hikari = this.primary.hikari();
		if (hikari == null) {
			this.binder.bind("spring.datasource.hikari", Bindable.ofInstance(config));
			return;
		}
		BeanWrapper source = PropertyAccessorFactory.forBeanPropertyAccess(hikari);
		BeanWrapper target = PropertyAccessorFactory.forBeanPropertyAccess(config);
		for (PropertyDescriptor property : target.getPropertyDescriptors()) {
			String name = property.getName();
			if (target.isWritableProperty(name) && target.isReadableProperty(name) && source.isReadableProperty(name)
					&& !NOT_COPIED.contains(name) && (sameDriver || !name.equals("driverClassName"))) {
				Object value = source.getPropertyValue(name);
				// A setter may reject the default, such as a minimum of -1.
				if (value != null && !value.equals(target.getPropertyValue(name))) {
					target.setPropertyValue(name, value);
				}
			}
		}
		config.setExceptionOverride(EvictionRule.configuredRule(hikari.getExceptionOverride()));
	}

	private void copyDriverSettings(HikariConfig config, JdbcUrl url, Replica replica, String name) {
		Map<String, String> own = new LinkedHashMap<>();
		replica.hikari().forEach((key, value) -> {
			Matcher matcher = DRIVER_PROPERTY.matcher(key);
			if (matcher.matches()) {
				own.put(matcher.group(1), value);
			}
		});
		Properties pool = (this.primary.hikari() != null) ? this.primary.driverProperties()
				: config.getDataSourceProperties();
		DriverSettings settings = new DriverSettings(JdbcUrl.of(this.primary.url()), pool, url, own);
		config.setDataSourceProperties(settings.properties());
		if (!settings.copied().isEmpty()) {
			logger.info("Replica " + name + " uses these driver properties of the primary's URL: "
					+ String.join(", ", settings.copied()));
		}
		if (!settings.differences().isEmpty()) {
			logger.warn("The same query may return other results, or be less protected, on replica " + name
					+ " than on the primary: " + String.join(", ", settings.differences())
					+ ". Remove these driver properties from the replica's URL, or set them in both URLs");
		}
	}

	/**
	 * Other servers can take a replica's place, so reads wait less long for its
	 * connections than for the primary's. Values that the application sets itself stay.
	 */
	private static void failFaster(HikariConfig config) {
		if (config.getConnectionTimeout() == HIKARI_CONNECTION_TIMEOUT) {
			config.setConnectionTimeout(2_000);
		}
		if (config.getValidationTimeout() == HIKARI_VALIDATION_TIMEOUT) {
			config.setValidationTimeout(1_000);
		}
	}

}
