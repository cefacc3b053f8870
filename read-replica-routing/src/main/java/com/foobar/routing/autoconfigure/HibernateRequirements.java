package com.foobar.routing.autoconfigure;

import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;

/**
 * Sets what Hibernate must do for routing to work, and refuses what would break it.
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
			// Hibernate may skip asking connections for their mode when it was told that
			// they come without auto-commit, and would then never say that a transaction
			// begins. Asking costs nothing here.
			properties.put(PROVIDER_DISABLES_AUTOCOMMIT, "false");
		}
		Object handling = properties.get(HANDLING_MODE);
		if (handling != null && !handling.toString().toUpperCase(Locale.ROOT).endsWith("HOLD")) {
			throw new InvalidRoutingConfigurationException(PREFIX + HANDLING_MODE + " is " + handling
					+ "; Spring tells a connection that its transaction is read-only only where the session holds it, so that every read would go to the primary.",
					"Remove " + PREFIX + HANDLING_MODE + ", or set it to DELAYED_ACQUISITION_AND_HOLD. "
							+ "A connection is taken at the first statement in any case.");
		}
		if (isUsed(properties.get(REGION_FACTORY)) && !"false".equals(text(properties.get(SECOND_LEVEL_CACHE)))) {
			throw new InvalidRoutingConfigurationException(
					"Hibernate's second-level cache is on (" + PREFIX + REGION_FACTORY + "="
							+ properties.get(REGION_FACTORY)
							+ "); it would keep what a replica that is behind has shown, and give it to writers too.",
					"Set " + PREFIX + SECOND_LEVEL_CACHE
							+ "=false, or keep the cache and remove read-replica-routing.replicas. "
							+ "Caches of results, such as @Cacheable methods, expire and are fine.");
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
