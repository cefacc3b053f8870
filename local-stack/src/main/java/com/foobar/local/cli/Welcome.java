package com.foobar.local.cli;

import java.util.Locale;

import com.foobar.local.Layout;
import com.foobar.local.LocalStack;
import com.foobar.local.process.ChildProcess;

/**
 * What a user can do now that the site is up.
 */
final class Welcome {

	private final LocalStack stack;

	private final Layout layout;

	Welcome(LocalStack stack, Layout layout) {
		this.stack = stack;
		this.layout = layout;
	}

	String text() {
		String os = System.getProperty("os.name");
		return String.format(Locale.ROOT, """

				@|bold,green The site is up:|@ @|bold https://www.foobar.localhost:%d|@ or @|bold %s|@
				  sign in   as admin@foobar.com, with the password in %s, or join
				  console   %s, whose password is in %s
				  logs      %s
				  trust     the certificate is signed by %s, made on this machine and for this project's names alone.
				            %s
				            curl: --cacert %s
				  stop      Ctrl-C, or @|bold ./foobar down|@ from another terminal
				""", this.stack.ports().https(), this.stack.httpsUri(), administratorPassword(),
				this.stack.managementUri(), this.layout.controlPassword(), this.layout.logs(),
				this.layout.certificateAuthority(), trust(os),
				TrustStore.quoted(this.layout.certificateAuthority().toString()));
	}

	private String administratorPassword() {
		return this.layout.secrets().resolve("web-app/foobar.administrator.password").toString();
	}

	private String trust(String os) {
		String file = this.layout.certificateAuthority().toString();
		if (ChildProcess.isWindows()) {
			return "browsers: certutil -user -addstore Root \"" + file + "\"";
		}
		if (os.toLowerCase(Locale.ROOT).contains("mac")) {
			return "browsers: security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db "
					+ TrustStore.quoted(file);
		}
		return "browsers: import it under Settings, Certificates, Authorities";
	}

}
