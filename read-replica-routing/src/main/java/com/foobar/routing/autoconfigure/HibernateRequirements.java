package com.foobar.routing.autoconfigure;

import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;

/**
 * Sets the Hibernate properties that routing needs, and rejects those that break it.
 */
final class HibernateRequirements implements HibernatePropertiesCustomizer {

	private static final String PROVIDER_DISABLES_AUTOCOMMIT = "hibernate.connection.provider_disables_autocommit";

	private static final String HANDLING_MODE = "hibernate.connection.handling_mode";

	private static final String SECOND_LEVEL_CACHE = "hibernate.cache.use_second_level_cache";

	private static final String REGION_FACTORY = "hibernate.cache.region.factory_class";

	private static final String PREFIX = "spring.jpa.properties.";

	private final boolean autoCommit;

	HibernateRequirements(boolean autoCommit) {
		this.autoCommit = autoCommit;
	}

	@Override
	public void customize(Map<String, Object> properties) {
		if (this.autoCommit) {
			// With this property, Hibernate does not check the auto-commit mode of a
			// connection and never starts a transaction on it. The check costs nothing
			// here.
			properties.put(PROVIDER_DISABLES_AUTOCOMMIT, "false");
		}
		Object handling = properties.get(HANDLING_MODE);
		if (handling != null && !handling.toString().toUpperCase(Locale.ROOT).endsWith("HOLD")) {
			throw new InvalidRoutingConfigurationException(PREFIX + HANDLING_MODE + " is " + handling
					+ "; expected DELAYED_ACQUISITION_AND_HOLD. In other modes Spring does not set connections to read-only, and every read would go to the primary.",
					"Remove " + PREFIX + HANDLING_MODE + ", or set it to DELAYED_ACQUISITION_AND_HOLD. "
							+ "A connection is acquired at the first statement in either case.");
		}
		if (isUsed(properties.get(REGION_FACTORY)) && !"false".equals(text(properties.get(SECOND_LEVEL_CACHE)))) {
			throw new InvalidRoutingConfigurationException("Hibernate's second-level cache is on (" + PREFIX
					+ REGION_FACTORY + "=" + properties.get(REGION_FACTORY)
					+ "); expected it to be off, since it would keep data read from a lagging replica and return it to writers too.",
					"Set " + PREFIX + SECOND_LEVEL_CACHE
							+ "=false, or keep the cache and remove read-replica-routing.replicas. "
							+ "Caches of results that expire, such as @Cacheable methods, do no harm.");
		}
	}

	private static boolean isUsed(@Nullable Object factory) {
		String name = text(factory);
		return !name.isEmpty() && !name.equals("no-caching") && !name.endsWith("NoCachingRegionFactory");
	}

	private static String text(@Nullable Object value) {
		return (value != null) ? value.toString() : "";
	}

}
