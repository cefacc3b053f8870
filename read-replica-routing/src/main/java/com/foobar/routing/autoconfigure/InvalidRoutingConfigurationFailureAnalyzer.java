package com.foobar.routing.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Reports an {@link InvalidRoutingConfigurationException}. Comes before the analyzer of
 * binding failures, which would report the same failure with fewer words.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class InvalidRoutingConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<InvalidRoutingConfigurationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidRoutingConfigurationException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.getAction(), cause);
	}

}
