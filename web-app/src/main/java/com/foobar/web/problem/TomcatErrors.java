package com.foobar.web.problem;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;

/**
 * Makes Tomcat render problem details for the requests that it rejects before the
 * application sees them.
 */
@Configuration(proxyBeanMethods = false)
class TomcatErrors {

	// Headers are limited by their total size. Tomcat would also limit their number, to
	// 100, and reject requests that the gateway accepts and adds its own headers to.
	@Bean
	TomcatConnectorCustomizer unlimitedHeaderCount() {
		return (connector) -> connector.setProperty("maxHeaderCount", "-1");
	}

	@Bean
	TomcatContextCustomizer problemValve() {
		return (context) -> {
			if (context.getParent() instanceof StandardHost host) {
				host.setErrorReportValveClass(ProblemValve.class.getName());
			}
		};
	}

	/**
	 * Renders the errors of Tomcat itself: a malformed request line, a path with illegal
	 * characters. Repeats nothing of the request, which could not be parsed. Public
	 * because Tomcat instantiates it by reflection.
	 */
	public static class ProblemValve extends ErrorReportValve {

		@Override
		protected void report(Request request, Response response, @Nullable Throwable failure) {
			int status = response.getStatus();
			if (status < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
				return;
			}
			HttpStatus known = HttpStatus.resolve(status);
			String detail = Problems.detail((known != null) ? known : HttpStatus.BAD_REQUEST);
			byte[] body = String
				.format(Locale.ROOT, """
						{"detail":"%s","status":%d,"title":"%s"}""", detail, status,
						(known != null) ? known.getReasonPhrase() : "Error")
				.getBytes(StandardCharsets.UTF_8);
			try {
				response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
				response.setContentLength(body.length);
				response.getOutputStream().write(body);
				response.finishResponse();
			}
			catch (IOException ex) {
				// The client is disconnected.
			}
		}

	}

}
