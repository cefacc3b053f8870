package com.foobar.gateway.settings;

import java.nio.file.FileSystemException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Says which of the certificate's files is missing, which Boot shows as a stack trace.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
class UnreadableCertificateFailureAnalyzer extends AbstractFailureAnalyzer<FileSystemException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, FileSystemException cause) {
		return new FailureAnalysis(
				"The certificate or key of the site cannot be read: " + cause.getFile() + " ("
						+ cause.getClass().getSimpleName() + ").",
				"Put the PEM files there, or set spring.ssl.bundle.pem.gateway.keystore.certificate and "
						+ ".private-key to where they are.",
				rootFailure);
	}

}
