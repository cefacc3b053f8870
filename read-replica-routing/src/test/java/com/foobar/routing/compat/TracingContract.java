package com.foobar.routing.compat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.Objects;

import javax.sql.DataSource;

import com.foobar.routing.connection.RoutingDataSource;
import io.micrometer.core.instrument.MeterRegistry;
import net.ttddyy.dsproxy.support.ProxyDataSource;
import org.junit.jupiter.api.Test;

import org.springframework.aop.MethodBeforeAdvice;
import org.springframework.aop.framework.ProxyFactory;
import org.springframework.aop.support.AopUtils;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.health.actuate.endpoint.CompositeHealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthDescriptor;
import org.springframework.boot.health.actuate.endpoint.HealthEndpoint;
import org.springframework.boot.health.actuate.endpoint.IndicatedHealthDescriptor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Data source proxies that read a connection's metadata before the transaction sets its
 * read-only flag.
 */
abstract class TracingContract extends Compatibility {

	@Test
	void proxyThatReadsMetadataDoesNotSelectThePrimary() {
		start(AskingApplication.class, WITHOUT_JPA);
		assertThat(bean(DataSource.class)).isInstanceOf(MetadataReadingDataSource.class);
		assertRouted();
	}

	@Test
	void proxyThatReadsMetadataDoesNotSelectThePrimaryBelowJpa() {
		start(AskingApplication.class, "spring.jpa.open-in-view=false");
		assertRouted();
	}

	@Test
	void datasourceMicrometerDoesNotSelectThePrimary() {
		start(Application.class, WITHOUT_JPA, "jdbc.datasource-proxy.enabled=true");
		assertThat(bean(DataSource.class)).isNotInstanceOf(RoutingDataSource.class);
		assertRouted();
		assertThat(bean(MeterRegistry.class).find("jdbc.query").timers()).isNotEmpty();
	}

	@Test
	void datasourceProxyDoesNotSelectThePrimary() {
		start(Application.class, WITHOUT_JPA, "jdbc.datasource-proxy.enabled=true",
				"jdbc.datasource-proxy.type=concrete");
		assertThat(bean(DataSource.class)).isInstanceOf(ProxyDataSource.class);
		assertRouted();
	}

	@Test
	void proxyThatIsASubclassRoutesToo() {
		start(SubclassingApplication.class, WITHOUT_JPA);
		assertThat(AopUtils.isCglibProxy(bean(DataSource.class))).isTrue();
		assertRouted();
	}

	@Test
	void healthListsTheDatabaseOnceBehindAProxy() {
		start(AskingApplication.class, WITHOUT_JPA, "management.endpoint.health.show-details=always");
		HealthDescriptor db = Objects
			.requireNonNull(((CompositeHealthDescriptor) bean(HealthEndpoint.class).health()).getComponents())
			.get("db");
		assertThat(db).isInstanceOfSatisfying(IndicatedHealthDescriptor.class,
				(health) -> assertThat(health.getDetails())
					.containsAllEntriesOf(Map.of("reads", true, "writes", true)));
	}

	private void assertRouted() {
		Transactions transactions = bean(Transactions.class);
		JdbcTemplate jdbc = bean(JdbcTemplate.class);
		for (int i = 0; i < 3; i++) {
			assertThat(transactions.reading(() -> server(jdbc))).isEqualTo(REPLICA);
			assertThat(transactions.writing(() -> server(jdbc))).isEqualTo(PRIMARY);
		}
		assertThat(transactions.writing(() -> insert(jdbc, "traced"))).isEqualTo(1);
		assertThat(transactions.reading(() -> count(jdbc, "traced"))).as("one's own write").isPositive();
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		Transactions transactions() {
			return new Transactions();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Application.class)
	static class AskingApplication {

		@Bean
		static BeanPostProcessor metadataReading() {
			return new BeanPostProcessor() {
				@Override
				public Object postProcessAfterInitialization(Object bean, String name) {
					return (bean instanceof DataSource dataSource) ? new MetadataReadingDataSource(dataSource) : bean;
				}
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import(Application.class)
	static class SubclassingApplication {

		@Bean
		static BeanPostProcessor subclassing() {
			return new BeanPostProcessor() {
				@Override
				public Object postProcessAfterInitialization(Object bean, String name) {
					if (!(bean instanceof DataSource)) {
						return bean;
					}
					ProxyFactory factory = new ProxyFactory(bean);
					factory.setProxyTargetClass(true);
					factory.addAdvice((MethodBeforeAdvice) (method, arguments, target) -> {
					});
					return factory.getProxy();
				}
			};
		}

	}

	static class MetadataReadingDataSource extends DelegatingDataSource {

		MetadataReadingDataSource(DataSource target) {
			super(target);
		}

		@Override
		public Connection getConnection() throws SQLException {
			Connection connection = super.getConnection();
			assertThat(connection.getMetaData().getURL()).startsWith("jdbc:");
			assertThat(connection.getMetaData().getUserName()).isNotEmpty();
			assertThat(connection.getMetaData().getDatabaseProductName()).isNotEmpty();
			assertThat(connection.getCatalog()).isEqualTo("foobar");
			return connection;
		}

	}

}
