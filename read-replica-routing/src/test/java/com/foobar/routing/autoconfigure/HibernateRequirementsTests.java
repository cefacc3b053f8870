package com.foobar.routing.autoconfigure;

import com.foobar.routing.servers.RecordingDriver;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;

import static org.assertj.core.api.Assertions.assertThat;

class HibernateRequirementsTests {

	@BeforeEach
	void reset() {
		RecordingDriver.reset();
	}

	@Test
	void rejectsConnectionsThatHibernateReturnsAfterEachTransaction() {
		PrerequisitesTests.assertRejected(
				jpa("spring.jpa.properties.hibernate.connection.handling_mode"
						+ "=DELAYED_ACQUISITION_AND_RELEASE_AFTER_TRANSACTION"),
				"every read would go to the primary", "DELAYED_ACQUISITION_AND_HOLD");
	}

	@Test
	void rejectsTheSecondLevelCache() {
		PrerequisitesTests.assertRejected(jpa("spring.jpa.properties.hibernate.cache.region.factory_class=jcache"),
				"second-level cache", "use_second_level_cache=false");
	}

	@ParameterizedTest
	@ValueSource(strings = { "hibernate.connection.handling_mode=DELAYED_ACQUISITION_AND_HOLD",
			"hibernate.cache.use_second_level_cache=false" })
	void acceptsHarmlessSettings(String property) {
		jpa("spring.jpa.properties." + property).run((context) -> assertThat(context).hasNotFailed());
	}

	private ApplicationContextRunner jpa(String property) {
		return PrerequisitesTests.RUNNER
			.withConfiguration(AutoConfigurations.of(TransactionManagerCustomizationAutoConfiguration.class,
					HibernateJpaAutoConfiguration.class))
			.withPropertyValues("spring.jpa.database-platform=org.hibernate.dialect.MySQLDialect",
					"spring.jpa.properties.hibernate.boot.allow_jdbc_metadata_access=false", property);
	}

}
