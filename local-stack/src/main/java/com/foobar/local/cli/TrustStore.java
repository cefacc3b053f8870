package com.foobar.local.cli;

import java.util.List;
import java.util.Locale;

/**
 * Where it is kept whom a system or a browser trusts, and how that is changed.
 */
enum TrustStore {

	DEBIAN("Debian, Ubuntu; curl and most tools, not the browsers") {

		@Override
		List<String> steps(String file, String thumbprint, boolean remove) {
			return remove
					? List.of("sudo rm /usr/local/share/ca-certificates/foobar-ca.crt",
							"sudo update-ca-certificates --fresh")
					: List.of("sudo cp " + quoted(file) + " /usr/local/share/ca-certificates/foobar-ca.crt",
							"sudo update-ca-certificates");
		}

	},

	FEDORA("Fedora, RHEL; curl and most tools") {

		@Override
		List<String> steps(String file, String thumbprint, boolean remove) {
			return remove ? List.of("sudo rm /etc/pki/ca-trust/source/anchors/foobar-ca.crt", "sudo update-ca-trust")
					: List.of("sudo cp " + quoted(file) + " /etc/pki/ca-trust/source/anchors/foobar-ca.crt",
							"sudo update-ca-trust");
		}

	},

	MACOS("macOS; Safari, Chrome, curl") {

		@Override
		List<String> steps(String file, String thumbprint, boolean remove) {
			return List.of(remove ? "security remove-trusted-cert " + quoted(file)
					: "security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db "
							+ quoted(file));
		}

	},

	WINDOWS("Windows; Edge, Chrome") {

		@Override
		List<String> steps(String file, String thumbprint, boolean remove) {
			return List.of(remove ? "certutil -user -delstore Root " + thumbprint
					: "certutil -user -addstore Root \"" + file + "\"");
		}

	},

	CHROMIUM("Chrome and Chromium on Linux (certutil: package libnss3-tools)") {

		@Override
		List<String> steps(String file, String thumbprint, boolean remove) {
			return List.of(remove ? "certutil -d sql:$HOME/.pki/nssdb -D -n foobar" : "mkdir -p ~/.pki/nssdb && "
					+ "certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n foobar -i " + quoted(file));
		}

	},

	FIREFOX("Firefox") {

		@Override
		List<String> steps(String file, String thumbprint, boolean remove) {
			return List.of("Settings, Privacy & Security, Certificates, View Certificates, Authorities, "
					+ (remove ? "the entry of foobar, Delete or Distrust"
							: "Import, " + file + ", Trust this CA to identify websites"));
		}

	},

	TOOLS("One command only, nothing is changed") {

		@Override
		List<String> steps(String file, String thumbprint, boolean remove) {
			return remove ? List.of("nothing to do")
					: List.of("curl --cacert " + quoted(file) + " https://www.foobar.localhost:8443/",
							"export SSL_CERT_FILE=" + quoted(file) + "  # OpenSSL, Python, Go",
							"export NODE_EXTRA_CA_CERTS=" + quoted(file));
		}

	};

	private final String title;

	TrustStore(String title) {
		this.title = title;
	}

	String title() {
		return this.title;
	}

	/**
	 * What a user types, line by line.
	 * @param file the authority's certificate
	 * @param thumbprint the SHA-1 digest of the certificate, in hexadecimal digits
	 * @param remove whether it shall be trusted no longer
	 */
	abstract List<String> steps(String file, String thumbprint, boolean remove);

	/**
	 * That of an operating system.
	 * @param os its name, as Java calls it
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
