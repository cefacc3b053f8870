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
	 * Start the application.
	 * @param args options of Spring Boot
	 */
	public static void main(String[] args) {
		shortenDnsCache();
		SpringApplication.run(WebApplication.class, args);
	}

	// A replaced database server has the same name and another address. By default the
	// JVM
	// caches the old one for half a minute. Connections are pooled, so lookups are rare.
	// Must be set before the first lookup.
	private static void shortenDnsCache() {
		Security.setProperty("networkaddress.cache.ttl", "1");
		Security.setProperty("networkaddress.cache.negative.ttl", "0");
	}

	@Bean
	Clock clock() {
		return Clock.systemUTC();
	}

}
