package com.example.compatibility;

import javax.sql.DataSource;

import net.javacrumbs.shedlock.core.LockProvider;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import org.mybatis.spring.annotation.MapperScan;

import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.integration.jdbc.lock.DefaultLockRepository;
import org.springframework.scheduling.annotation.EnableAsync;
import org.springframework.security.provisioning.JdbcUserDetailsManager;

/**
 * One application that uses all of these libraries as documented.
 */
@SpringBootApplication
@EnableAsync
@MapperScan(basePackageClasses = CompatibilityApplication.class, annotationClass = org.apache.ibatis.annotations.Mapper.class)
class CompatibilityApplication {

	@Bean
	LockProvider lockProvider(DataSource dataSource) {
		return new JdbcTemplateLockProvider(dataSource);
	}

	@Bean
	JdbcUserDetailsManager users(DataSource dataSource) {
		return new JdbcUserDetailsManager(dataSource);
	}

	@Bean
	DefaultLockRepository lockRepository(DataSource dataSource) {
		return new DefaultLockRepository(dataSource);
	}

}
