package com.foobar.web;

import java.security.Security;
import java.time.Clock;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.resilience.annotation.EnableResilientMethods;

/**
 * Starts one instance of the site.
 */
@SpringBootApplication
@EnableConfigurationProperties(SiteProperties.class)
@EnableResilientMethods
public class WebApplication {

	/**
	 * Starts it.
	 * @param args as Spring Boot takes them
	 */
	public static void main(String[] args) {
		seeChangesOfAddresses();
		SpringApplication.run(WebApplication.class, args);
	}

	// A database server that was replaced comes back with the same name and another
	// address. The JVM would try the old one for half a minute; connections are pooled,
	// so
	// that looking names up costs next to nothing. Must be set before the first look-up.
	private static void seeChangesOfAddresses() {
		Security.setProperty("networkaddress.cache.ttl", "1");
		Security.setProperty("networkaddress.cache.negative.ttl", "0");
	}

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}
