package com.foobar.local.cli;

import java.util.Locale;

import com.foobar.local.Layout;
import com.foobar.local.LocalStack;

/**
 * The message of a started site: addresses, passwords, logs, trust and stop.
 */
final class Welcome {

	private final LocalStack stack;

	private final Layout layout;

	Welcome(LocalStack stack, Layout layout) {
		this.stack = stack;
		this.layout = layout;
	}

	String text() {
		return String.format(Locale.ROOT, """

				@|bold,green The site is up:|@ @|bold https://www.foobar.localhost:%d|@ or @|bold %s|@
				  sign in   as admin@foobar.com, with the password in %s, or join
				  console   %s, whose password is in %s
				  logs      %s
				  trust     the certificate is signed by %s, created on this machine and for this project's names only.
				            browsers: @|bold ./foobar trust|@ prints the commands
				            curl: --cacert %s
				  stop      Ctrl-C, or @|bold ./foobar down|@ from another terminal
				""", this.stack.ports().https(), this.stack.httpsUri(), administratorPassword(),
				this.stack.managementUri(), this.layout.adminPassword(), this.layout.logs(),
				this.layout.certificateAuthority(), TrustStore.quoted(this.layout.certificateAuthority().toString()));
	}

	private String administratorPassword() {
		return this.layout.secrets().resolve("web-app/foobar.administrator.password").toString();
	}

}
