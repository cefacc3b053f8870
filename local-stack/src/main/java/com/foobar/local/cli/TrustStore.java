package com.foobar.local.cli;

import java.util.List;
import java.util.Locale;

/**
 * A store of trusted certificates, and the commands that change it.
 */
enum TrustStore {

	DEBIAN("Debian, Ubuntu; curl and most tools, not the browsers",
			List.of("sudo cp %1$s /usr/local/share/ca-certificates/foobar-ca.crt", "sudo update-ca-certificates"),
			List.of("sudo rm /usr/local/share/ca-certificates/foobar-ca.crt", "sudo update-ca-certificates --fresh")),

	FEDORA("Fedora, RHEL; curl and most tools",
			List.of("sudo cp %1$s /etc/pki/ca-trust/source/anchors/foobar-ca.crt", "sudo update-ca-trust"),
			List.of("sudo rm /etc/pki/ca-trust/source/anchors/foobar-ca.crt", "sudo update-ca-trust")),

	MACOS("macOS; Safari, Chrome, curl",
			List.of("security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db %1$s"),
			List.of("security remove-trusted-cert %1$s")),

	WINDOWS("Windows; Edge, Chrome", List.of("certutil -user -addstore Root \"%2$s\""),
			List.of("certutil -user -delstore Root %3$s")),

	CHROMIUM("Chrome and Chromium on Linux (certutil: package libnss3-tools)",
			List.of("mkdir -p ~/.pki/nssdb && certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n foobar -i %1$s"),
			List.of("certutil -d sql:$HOME/.pki/nssdb -D -n foobar")),

	FIREFOX("Firefox",
			List.of("Settings, Privacy & Security, Certificates, View Certificates, Authorities, "
					+ "Import, %2$s, Trust this CA to identify websites"),
			List.of("Settings, Privacy & Security, Certificates, View Certificates, Authorities, "
					+ "the entry of foobar, Delete or Distrust")),

	TOOLS("For one command, without a change",
			List.of("curl --cacert %1$s https://www.foobar.localhost:8443/",
					"export SSL_CERT_FILE=%1$s  # OpenSSL, Python, Go", "export NODE_EXTRA_CA_CERTS=%1$s"),
			List.of("nothing to do"));

	private final String title;

	// Only ever List.of(...).
	@SuppressWarnings("ImmutableEnumChecker")
	private final List<String> add;

	@SuppressWarnings("ImmutableEnumChecker")
	private final List<String> remove;

	TrustStore(String title, List<String> add, List<String> remove) {
		this.title = title;
		this.add = add;
		this.remove = remove;
	}

	String title() {
		return this.title;
	}

	/**
	 * The commands or menu entries, line by line.
	 * @param file the authority's certificate
	 * @param thumbprint the SHA-1 digest of the certificate, in hexadecimal digits
	 * @param remove whether to remove the certificate instead of adding it
	 */
	List<String> steps(String file, String thumbprint, boolean remove) {
		return (remove ? this.remove : this.add).stream()
			.map((step) -> String.format(Locale.ROOT, step, quoted(file), file, thumbprint))
			.toList();
	}

	/**
	 * The store of an operating system.
	 * @param os the value of the system property {@code os.name}
	 */
	static TrustStore ofSystem(String os) {
		String name = os.toLowerCase(Locale.ROOT);
		return name.contains("mac") ? MACOS : name.contains("windows") ? WINDOWS : DEBIAN;
	}

	// For a POSIX shell.
	static String quoted(String file) {
		return file.matches("[A-Za-z0-9_./@%+=:,-]+") ? file : "'" + file.replace("'", "'\\''") + "'";
	}

}
