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
class UnreadableCertificateFailureAnalyzer extends AbstractFailureAnalyzer<RuntimeException> {

	@Override
	protected @Nullable FailureAnalysis analyze(Throwable rootFailure, RuntimeException cause) {
		for (Throwable at = rootFailure; at != null; at = at.getCause()) {
			if (isOfCertificate(at.getMessage())) {
				return new FailureAnalysis(
						"The certificate or key of the site cannot be read: "
								+ NestedExceptionUtils.getMostSpecificCause(at).getMessage(),
						"Put the PEM files there, or set spring.ssl.bundle.pem.gateway.keystore.certificate and "
								+ "spring.ssl.bundle.pem.gateway.keystore.private-key to where they are.",
						at);
			}
		}
		return null;
	}

	// A file that is not there has no message of the bundle: it is missed before that.
	private static boolean isOfCertificate(@Nullable String message) {
		return message != null && (message.startsWith("Unable to register SSL bundle")
				|| message.startsWith("Error reading certificate or key"));
	}

}
