package com.foobar.gateway.admin;

import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Instant;

import com.foobar.gateway.backend.Backends;
import com.foobar.gateway.backend.DatabaseReports;
import io.micrometer.core.instrument.MeterRegistry;
import reactor.core.publisher.Mono;

import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.context.annotation.Bean;
import org.springframework.http.CacheControl;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

/**
 * Beans of the management port's context, into which Spring Boot imports this class by
 * name; it has no annotation that component scanning would find. There is no console on
 * the site's port.
 */
@ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
class ConsoleManagementConfiguration {

	@Bean
	RouterFunction<ServerResponse> consoleRoutes(Backends backends, DatabaseReports databases, MeterRegistry meters,
			AdminPassword password) {
		ConsolePage page = ConsolePage.load();
		MetricsSampler sampler = new MetricsSampler(backends, databases, meters);
		RecentSamples samples = new RecentSamples();
		String name = hostName();
		Instant started = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
		return RouterFunctions.route()
			.GET("/",
					(request) -> ServerResponse.ok()
						.contentType(new MediaType(MediaType.TEXT_HTML, java.nio.charset.StandardCharsets.UTF_8))
						.cacheControl(CacheControl.noCache())
						.header("Content-Security-Policy", page.contentSecurityPolicy())
						.header("X-Content-Type-Options", "nosniff")
						.header("Referrer-Policy", "no-referrer")
						.header("Cross-Origin-Opener-Policy", "same-origin")
						.bodyValue(page.html()))
			.GET("/console/overview", (request) -> {
				Sample current = sampler.sample();
				return ServerResponse.ok()
					.contentType(MediaType.APPLICATION_JSON)
					.cacheControl(CacheControl.noStore())
					.header("X-Content-Type-Options", "nosniff")
					.bodyValue(new OverviewComposer(current, samples.compare(current), Instant.now()).compose(name,
							started, password.isConfigured(), backends.snapshot(), databases.latest().values()));
			})
			// Reached only with the password: see AdminAuthFilter.
			.POST("/console/sign-in", (request) -> Mono.defer(() -> ServerResponse.noContent().build()))
			.build();
	}

	private static String hostName() {
		try {
			return InetAddress.getLocalHost().getHostName();
		}
		catch (UnknownHostException ex) {
			return "gateway";
		}
	}

}
