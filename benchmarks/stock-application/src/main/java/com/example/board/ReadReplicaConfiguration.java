package com.example.board;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;

/**
 * Splits reads as Spring Framework's reference describes: a lazy proxy opens read-only
 * transactions on the replica.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("replica.url")
class ReadReplicaConfiguration {

	@Bean
	@Primary
	@ConfigurationProperties("spring.datasource")
	DataSourceProperties primaryProperties() {
		return new DataSourceProperties();
	}

	@Bean
	@ConfigurationProperties("replica")
	DataSourceProperties replicaProperties() {
		return new DataSourceProperties();
	}

	@Bean
	HikariDataSource primaryDataSource(@Qualifier("primaryProperties") DataSourceProperties properties) {
		return properties.initializeDataSourceBuilder().type(HikariDataSource.class).build();
	}

	@Bean
	HikariDataSource replicaDataSource(@Qualifier("replicaProperties") DataSourceProperties properties) {
		return properties.initializeDataSourceBuilder().type(HikariDataSource.class).build();
	}

	@Bean
	@Primary
	DataSource dataSource(@Qualifier("primaryDataSource") DataSource primary,
			@Qualifier("replicaDataSource") DataSource replica) {
		LazyConnectionDataSourceProxy proxy = new LazyConnectionDataSourceProxy(primary);
		proxy.setReadOnlyDataSource(replica);
		return proxy;
	}

}
