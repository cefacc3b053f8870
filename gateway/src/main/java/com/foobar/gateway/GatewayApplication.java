package com.foobar.gateway;

import java.security.Security;

import reactor.netty.ReactorNetty;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

/**
 * Starts the load balancer.
 */
@SpringBootApplication
public class GatewayApplication {

	/**
	 * Starts it.
	 * @param args as Spring Boot takes them
	 */
	public static void main(String[] args) {
		seeChangesOfNames();
		useOneEventLoopForEachProcessor();
		holdLittleOfEachBody();
		SpringApplication.run(GatewayApplication.class, args);
	}

	// The JVM keeps an address for 30 seconds, so a backend that came or went would be
	// noticed late. Lookups happen once each resolve-interval, off the request path, and
	// need no cache. Must be set before the first lookup of this JVM.
	private static void seeChangesOfNames() {
		Security.setProperty("networkaddress.cache.ttl", "0");
		Security.setProperty("networkaddress.cache.negative.ttl", "0");
	}

	// Reactor Netty starts four at least. On fewer processors they wake each other up for
	// requests whose client and backend belong to different ones.
	private static void useOneEventLoopForEachProcessor() {
		if (System.getProperty(ReactorNetty.IO_WORKER_COUNT) == null) {
			System.setProperty(ReactorNetty.IO_WORKER_COUNT,
					String.valueOf(Runtime.getRuntime().availableProcessors()));
		}
	}

	// Reactor Netty takes 128 parts of a body, of up to 8 KB, from one connection before
	// the
	// other has accepted them: a client, or a backend, that stops reading holds a
	// megabyte.
	private static void holdLittleOfEachBody() {
		if (System.getProperty(ReactorNetty.REACTOR_NETTY_SEND_MAX_PREFETCH_SIZE) == null) {
			System.setProperty(ReactorNetty.REACTOR_NETTY_SEND_MAX_PREFETCH_SIZE, "8");
		}
	}

}
