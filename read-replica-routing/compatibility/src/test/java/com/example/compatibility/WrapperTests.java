package com.example.compatibility;

import java.util.UUID;
import java.util.function.UnaryOperator;

import javax.sql.DataSource;

import com.foobar.routing.autoconfigure.ReadReplicaRoutingAutoConfiguration;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.instrumentation.jdbc.datasource.JdbcTelemetry;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Libraries that wrap the DataSource beans.
 */
class WrapperTests {

	@Test
	void datasourceProxy() throws Exception {
		findsItsOwnRows(DatasourceProxy.class);
	}

	@Test
	void openTelemetry() throws Exception {
		findsItsOwnRows(Telemetry.class);
	}

	private static void findsItsOwnRows(Class<?> wrapper) throws Exception {
		Servers.application();
		try (ConfigurableApplicationContext context = Servers.start(WebApplicationType.NONE, wrapper)) {
			JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
			TransactionTemplate reading = new TransactionTemplate(context.getBean(PlatformTransactionManager.class));
			reading.setReadOnly(true);
			String text = UUID.randomUUID().toString();
			jdbc.update("INSERT INTO note (text) VALUES (?)", text);
			assertThat(count(reading, jdbc, text)).as("by the writer").isOne();
			assertThat(Servers.elsewhere(() -> count(reading, jdbc, text))).as("by another client, on the replica")
				.isZero();
		}
	}

	private static int count(TransactionTemplate reading, JdbcTemplate jdbc, String text) {
		return reading.execute((status) -> jdbc.queryForObject("SELECT COUNT(*) FROM note WHERE text = ?",
				Integer.class, text));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ DataSourceAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class,
			JdbcTemplateAutoConfiguration.class, TransactionAutoConfiguration.class,
			ReadReplicaRoutingAutoConfiguration.class })
	static class Jdbc {

	}

	@Configuration(proxyBeanMethods = false)
	static class DatasourceProxy extends Jdbc {

		@Bean
		static BeanPostProcessor wrapper() {
			return wrapping((dataSource) -> ProxyDataSourceBuilder.create(dataSource).build());
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Telemetry extends Jdbc {

		@Bean
		static BeanPostProcessor wrapper() {
			return wrapping((dataSource) -> JdbcTelemetry.create(OpenTelemetry.noop()).wrap(dataSource));
		}

	}

	private static BeanPostProcessor wrapping(UnaryOperator<DataSource> wrapper) {
		return new BeanPostProcessor() {
			@Override
			public Object postProcessAfterInitialization(Object bean, String name) {
				return (bean instanceof DataSource dataSource) ? wrapper.apply(dataSource) : bean;
			}
		};
	}

}
