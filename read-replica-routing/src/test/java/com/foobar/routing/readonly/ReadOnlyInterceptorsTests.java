package com.foobar.routing.readonly;

import java.util.Properties;

import com.mysql.cj.conf.ConnectionUrl;
import com.zaxxer.hikari.HikariConfig;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ReadOnlyInterceptorsTests {

	private static final String OURS = ReadOnlyQueryInterceptor.class.getName();

	private final HikariConfig pool = new HikariConfig();

	@Test
	void addsItsInterceptorOnce() {
		this.pool.setJdbcUrl("jdbc:mysql://localhost/foobar");
		ReadOnlyInterceptors.addTo(this.pool, false);
		ReadOnlyInterceptors.addTo(this.pool, false);
		assertThat(interceptors()).isEqualTo(OURS);
	}

	@Test
	void addsTheReplicaInterceptorOnAReplica() {
		this.pool.setJdbcUrl("jdbc:mysql://localhost/foobar");
		ReadOnlyInterceptors.addTo(this.pool, true);
		assertThat(interceptors()).isEqualTo(ReadOnlyQueryInterceptor.OnReplica.class.getName());
	}

	@Test
	void followsTheInterceptorsOfThePool() {
		this.pool.setJdbcUrl("jdbc:mysql://localhost/foobar");
		this.pool.addDataSourceProperty("queryInterceptors", "com.example.First, com.example.Second");
		ReadOnlyInterceptors.addTo(this.pool, false);
		assertThat(interceptors()).isEqualTo("com.example.First, com.example.Second," + OURS);
	}

	@Test
	void followsTheInterceptorsOfTheUrl() {
		this.pool
			.setJdbcUrl("jdbc:mysql://localhost/foobar?a=b&queryInterceptors=com.example.First%2Ccom.example.Second");
		ReadOnlyInterceptors.addTo(this.pool, false);
		assertThat(interceptors()).isEqualTo("com.example.First,com.example.Second," + OURS);
	}

	@Test
	void leavesOtherDriversAlone() {
		this.pool.setJdbcUrl("jdbc:mariadb://localhost/foobar");
		ReadOnlyInterceptors.addTo(this.pool, false);
		assertThat(this.pool.getDataSourceProperties()).isEmpty();
	}

	/** As the driver takes them. */
	private String interceptors() {
		Properties properties = new Properties();
		properties.putAll(this.pool.getDataSourceProperties());
		return ConnectionUrl.getConnectionUrlInstance(this.pool.getJdbcUrl(), properties)
			.getMainHost()
			.getProperty("queryInterceptors");
	}

}
