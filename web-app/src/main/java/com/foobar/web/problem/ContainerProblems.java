package com.foobar.web.problem;

import org.apache.catalina.core.StandardHost;

import org.springframework.boot.tomcat.TomcatContextCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Has Tomcat report in problem details, too, what it refuses before the application is
 * asked.
 */
@Configuration(proxyBeanMethods = false)
class ContainerProblems {

	@Bean
	TomcatContextCustomizer problemValve() {
		return (context) -> {
			if (context.getParent() instanceof StandardHost host) {
				host.setErrorReportValveClass(ProblemValve.class.getName());
			}
		};
	}

}
