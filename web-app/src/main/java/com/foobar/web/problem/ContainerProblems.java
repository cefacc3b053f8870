package com.foobar.web.problem;

import org.apache.catalina.core.StandardHost;

import org.springframework.boot.tomcat.TomcatConnectorCustomizer;
import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Has Tomcat report in problem details, too, what it refuses before the application is
 * asked.
 */
@Configuration(proxyBeanMethods = false)
class ContainerProblems {

	// The size of all headers together is the limit. Tomcat counts them as well, up to
	// 100,
	// and answers 400 beyond: to clients whose headers the gateway has let pass, and
	// added
	// its own.
	@Bean
	TomcatConnectorCustomizer headersCountBySize() {
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

}
