package com.foobar.routing.guard;

import java.util.Properties;

import com.foobar.routing.readonly.ReadOnlyGuard;
import com.mysql.cj.conf.ConnectionUrl;
import com.zaxxer.hikari.HikariConfig;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WriteGuardTests {

	private static final String OURS = ReadOnlyGuard.class.getName();

	private final HikariConfig pool = new HikariConfig();

	@Test
	void addsItsInterceptorOnce() {
		this.pool.setJdbcUrl("jdbc:mysql://localhost/foobar");
		WriteGuard.addTo(this.pool, false);
		WriteGuard.addTo(this.pool, false);
		assertThat(interceptors()).isEqualTo(OURS);
	}

	@Test
	void onAReplicaAddsTheOneForReplicas() {
		this.pool.setJdbcUrl("jdbc:mysql://localhost/foobar");
		WriteGuard.addTo(this.pool, true);
		assertThat(interceptors()).isEqualTo(ReadOnlyGuard.OnReplica.class.getName());
	}

	@Test
	void comesBehindThoseOfThePool() {
		this.pool.setJdbcUrl("jdbc:mysql://localhost/foobar");
		this.pool.addDataSourceProperty("queryInterceptors", "com.example.First, com.example.Second");
		WriteGuard.addTo(this.pool, false);
		assertThat(interceptors()).isEqualTo("com.example.First, com.example.Second," + OURS);
	}

	@Test
	void comesBehindThoseOfTheUrl() {
		this.pool
			.setJdbcUrl("jdbc:mysql://localhost/foobar?a=b&queryInterceptors=com.example.First%2Ccom.example.Second");
		WriteGuard.addTo(this.pool, false);
		assertThat(interceptors()).isEqualTo("com.example.First,com.example.Second," + OURS);
	}

	@Test
	void leavesOtherDriversAlone() {
		this.pool.setJdbcUrl("jdbc:mariadb://localhost/foobar");
		WriteGuard.addTo(this.pool, false);
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
