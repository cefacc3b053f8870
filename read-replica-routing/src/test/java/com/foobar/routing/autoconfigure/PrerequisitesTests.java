package com.foobar.routing.autoconfigure;

import java.lang.reflect.Proxy;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Map;
import java.util.Objects;

import javax.sql.DataSource;
import javax.sql.XADataSource;

import com.foobar.routing.connection.RoutingDataSource;
import com.foobar.routing.physical.PhysicalDataSource;
import com.foobar.routing.servers.RecordingDriver;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.r2dbc.spi.ConnectionFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.jdbc.datasource.lookup.AbstractRoutingDataSource;
import org.springframework.transaction.jta.JtaTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

class PrerequisitesTests {

	private static final String EVENTUAL = "read-replica-routing.consistency=eventual";

	private static final String READ_YOUR_WRITES = "read-replica-routing.consistency=read-your-writes";

	static final ApplicationContextRunner RUNNER = new ApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
				ReadReplicaRoutingAutoConfiguration.class, DataSourceTransactionManagerAutoConfiguration.class))
		.withPropertyValues("spring.datasource.url=" + RecordingDriver.url("p"), "spring.datasource.username=app",
				"spring.datasource.driver-class-name=" + RecordingDriver.class.getName(),
				"spring.datasource.hikari.minimum-idle=0", EVENTUAL,
				"read-replica-routing.replicas[0].url=" + RecordingDriver.url("r"));

	@BeforeEach
	void reset() {
		RecordingDriver.reset();
	}

	@Test
	void rejectsJta() {
		assertRejected(RUNNER.withUserConfiguration(Jta.class), "jtaTransactionManager", "local transactions");
	}

	@Test
	void rejectsADataSourceThatRoutesByItself() {
		assertRejected(RUNNER.withUserConfiguration(Routing.class), "selects a database for each connection",
				"remove it");
	}

	@Test
	void rejectsXa() {
		assertRejected(RUNNER.withUserConfiguration(Xa.class), "is an XADataSource", "Use a HikariCP pool");
	}

	@Test
	void acceptsAPoolBehindAProxyThatImplementsXaDataSource() {
		RUNNER.withUserConfiguration(ProxyOfEverything.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(DataSource.class)).isInstanceOf(RoutingDataSource.class);
			new JdbcTemplate(context.getBean(DataSource.class)).execute("SELECT 1");
			assertThat(RecordingDriver.sent("p")).containsExactly("SELECT 1");
		});
	}

	@ParameterizedTest
	@ValueSource(classes = { NoPool.class, StartedPool.class, PoolWithoutUrl.class })
	void rejectsPoolsWhoseCommitsCannotBeTrackedUnlessEventual(Class<?> configuration) {
		ApplicationContextRunner runner = RUNNER.withUserConfiguration(configuration);
		assertRejected(runner.withPropertyValues(READ_YOUR_WRITES), "cannot be tracked", "consistency=eventual");
		runner.withPropertyValues(EVENTUAL).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(context.getBean(DataSource.class)).isInstanceOf(RoutingDataSource.class);
			context.getBean(DataSource.class).getConnection().createStatement().close();
		});
	}

	@Test
	void acceptsAPoolBehindALazyProxy() {
		RUNNER.withUserConfiguration(LazyProxy.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(PhysicalDataSource.isBelow(context.getBean("pool", HikariDataSource.class))).isTrue();
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "jdbc:h2:mem:test", "jdbc:postgresql://db/shop", "jdbc:oracle:thin:@db:1521:shop" })
	void rejectsOtherDatabases(String url) {
		assertRejected(RUNNER.withPropertyValues("spring.datasource.url=" + url), "expected MySQL or MariaDB",
				"Remove read-replica-routing.replicas");
	}

	@Test
	void rejectsMariaDbsDriverUnlessEventual() {
		ApplicationContextRunner runner = RUNNER.withPropertyValues("spring.datasource.url=jdbc:mariadb://db/shop");
		assertRejected(runner.withPropertyValues(READ_YOUR_WRITES), "MariaDB's own driver", "jdbc:mysql:");
		runner.withPropertyValues(EVENTUAL).run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void rejectsR2dbc() {
		assertRejected(
				new ApplicationContextRunner().withUserConfiguration(Reactive.class)
					.withConfiguration(AutoConfigurations.of(DataSourceAutoConfiguration.class,
							ReadReplicaRoutingAutoConfiguration.class))
					.withPropertyValues("read-replica-routing.replicas[0].url=" + RecordingDriver.url("r")),
				"R2DBC", "Use JDBC");
	}

	@Test
	void rejectsReplicasWithoutAPrimary() {
		assertRejected(
				new ApplicationContextRunner()
					.withConfiguration(AutoConfigurations.of(ReadReplicaRoutingAutoConfiguration.class))
					.withPropertyValues("read-replica-routing.replicas[0].url=" + RecordingDriver.url("r")),
				"no DataSource", "spring.datasource.url");
	}

	@Test
	void aSecondDataSourceIsNotRouted() {
		RUNNER.withUserConfiguration(SecondDataSource.class).run((context) -> {
			assertThat(context).hasNotFailed();
			new JdbcTemplate(context.getBean("second", DataSource.class)).execute("SELECT 2");
			new JdbcTemplate(context.getBean(DataSource.class)).execute("SELECT 1");
			assertThat(RecordingDriver.sent("second")).containsExactly("SELECT 2");
			assertThat(RecordingDriver.sent("p")).containsExactly("SELECT 1");
		});
	}

	static void assertRejected(ApplicationContextRunner runner, String found, String remedy) {
		runner.run((context) -> {
			assertThat(context).hasFailed();
			FailureAnalysis analysis = new InvalidRoutingConfigurationException.Analyzer()
				.analyze(Objects.requireNonNull(context.getStartupFailure()));
			assertThat(Objects.requireNonNull(analysis).getDescription()).contains(found);
			assertThat(analysis.getAction()).contains(remedy);
		});
	}

	@Configuration(proxyBeanMethods = false)
	static class Jta {

		@Bean
		JtaTransactionManager jtaTransactionManager() {
			// Not initialized, because that needs a transaction manager in JNDI.
			return new JtaTransactionManager() {
				@Override
				public void afterPropertiesSet() {
				}
			};
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Routing {

		@Bean
		DataSource homeMade() {
			AbstractRoutingDataSource routing = new AbstractRoutingDataSource() {
				@Override
				protected Object determineCurrentLookupKey() {
					return "only";
				}
			};
			routing.setTargetDataSources(Map.of("only", unstarted("p")));
			return routing;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class ProxyOfEverything {

		@Bean
		DataSource dataSource() {
			HikariDataSource pool = new HikariDataSource();
			pool.setJdbcUrl(RecordingDriver.url("p"));
			return new com.p6spy.engine.spy.P6DataSource(pool);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Xa {

		@Bean
		DataSource xa() {
			return (DataSource) Proxy.newProxyInstance(Xa.class.getClassLoader(),
					new Class<?>[] { DataSource.class, XADataSource.class },
					(proxy, method, arguments) -> switch (method.getName()) {
						case "isWrapperFor" -> false;
						case "equals" -> proxy == arguments[0];
						case "hashCode" -> System.identityHashCode(proxy);
						case "toString" -> "xa";
						default -> throw new SQLFeatureNotSupportedException(method.getName());
					});
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NoPool {

		@Bean
		DataSource noPool() {
			return new SimpleDriverDataSource(new RecordingDriver(), RecordingDriver.url("p"));
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class StartedPool {

		@Bean
		DataSource started() {
			HikariConfig config = new HikariConfig();
			config.setJdbcUrl(RecordingDriver.url("p"));
			return new HikariDataSource(config);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class PoolWithoutUrl {

		@Bean
		DataSource withoutUrl() {
			HikariDataSource pool = new HikariDataSource();
			pool.setDataSource(new SimpleDriverDataSource(new RecordingDriver(), RecordingDriver.url("p")));
			return pool;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class LazyProxy {

		@Bean
		HikariDataSource pool() {
			return unstarted("p");
		}

		@Bean
		@Primary
		DataSource lazy(HikariDataSource pool) {
			return new LazyConnectionDataSourceProxy(pool);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class SecondDataSource {

		@Bean
		@Primary
		HikariDataSource main() {
			return unstarted("p");
		}

		@Bean
		HikariDataSource second() {
			return unstarted("second");
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Reactive {

		@Bean
		ConnectionFactory connectionFactory() {
			return (ConnectionFactory) Proxy.newProxyInstance(Reactive.class.getClassLoader(),
					new Class<?>[] { ConnectionFactory.class }, (proxy, method, arguments) -> "reactive");
		}

	}

	private static HikariDataSource unstarted(String server) {
		HikariDataSource pool = new HikariDataSource();
		pool.setJdbcUrl(RecordingDriver.url(server));
		return pool;
	}

}
