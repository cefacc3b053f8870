package com.foobar.local;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Locale;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import com.foobar.local.process.PartException;

/**
 * What a client needs to believe the gateway.
 */
final class Trust {

	private Trust() {
	}

	static SSLContext contextOf(Path certificateAuthority) {
		try (InputStream in = Files.newInputStream(certificateAuthority)) {
			KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
			store.load(null, null);
			store.setCertificateEntry("authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
			TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			trust.init(store);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, trust.getTrustManagers(), null);
			return context;
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new PartException(String.format(Locale.ROOT, "%s is no certificate that can be trusted: %s",
					certificateAuthority, ex), ex);
		}
	}

}
