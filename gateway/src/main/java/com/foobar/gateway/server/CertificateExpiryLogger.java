package com.foobar.gateway.server;

import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;

/**
 * Says in the log until when the site's certificate is valid: at the start, and whenever
 * another is taken from the files. A renewal that nobody hears of may be one that did not
 * happen. Between, {@code ssl_chain_expiry_seconds} and the health of the management port
 * tell.
 */
final class CertificateExpiryLogger {

	private static final Logger logger = LoggerFactory.getLogger(CertificateExpiryLogger.class);

	/** From here on it is time to look after the renewal. */
	private static final Duration SOON = Duration.ofDays(14);

	private final Clock clock;

	CertificateExpiryLogger(SslBundles bundles, String name, Clock clock) {
		this.clock = clock;
		report("is in use", bundles.getBundle(name));
		bundles.addBundleUpdateHandler(name, (renewed) -> report("was renewed", renewed));
	}

	private void report(String what, SslBundle bundle) {
		Instant end = end(bundle.getStores().getKeyStore());
		if (end == null) {
			return;
		}
		if (end.isBefore(this.clock.instant().plus(SOON))) {
			logger.warn("The certificate of the site {}; it is valid until {}, and should be renewed", what, end);
		}
		else {
			logger.info("The certificate of the site {}; it is valid until {}", what, end);
		}
	}

	private static @Nullable Instant end(@Nullable KeyStore store) {
		try {
			if (store != null) {
				for (String alias : Collections.list(store.aliases())) {
					if (store.getCertificate(alias) instanceof X509Certificate certificate) {
						return certificate.getNotAfter().toInstant();
					}
				}
			}
			return null;
		}
		catch (KeyStoreException ex) {
			throw new IllegalStateException("The store was loaded before", ex);
		}
	}

}
