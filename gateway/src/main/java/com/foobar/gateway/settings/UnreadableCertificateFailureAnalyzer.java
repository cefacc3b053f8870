package com.foobar.gateway.settings;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says which of the certificate's files cannot be used, where Boot shows a stack trace.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnreadableCertificateFailureAnalyzer extends AbstractFailureAnalyzer<IllegalStateException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, IllegalStateException cause) {
		String message = cause.getMessage();
		if (message == null || !message.startsWith("Unable to register SSL bundle")) {
			return null;
		}
		return new FailureAnalysis(
				"The certificate or key of the site cannot be read: "
						+ NestedExceptionUtils.getMostSpecificCause(cause).getMessage(),
				"Put the PEM files there, or set spring.ssl.bundle.pem.gateway.keystore.certificate and "
						+ "spring.ssl.bundle.pem.gateway.keystore.private-key to where they are.",
				cause);
	}

}
