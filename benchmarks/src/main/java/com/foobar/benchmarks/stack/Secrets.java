package com.foobar.benchmarks.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The certificate and the passwords of one run, made by the deployment's own
 * {@code bootstrap}.
 *
 * @param directory where they are, each in the directory of its consumer
 */
record Secrets(Path directory) {

	static Secrets create(Path java, Path directory) {
		Shell.run(java.toString(), "-jar", "local-stack/target/local-stack-exec.jar", "bootstrap", "--directory",
				directory.toString());
		Secrets secrets = new Secrets(directory);
		try {
			// The one file that HAProxy expects.
			Files.writeString(directory.resolve("edge.pem"),
					secrets.read("gateway/tls.crt") + "\n" + secrets.read("gateway/tls.key") + "\n");
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return secrets;
	}

	String root() {
		return read("mysql-primary/root-password");
	}

	String application() {
		return read("web-app/spring.datasource.password");
	}

	String monitor() {
		return read("web-app/read-replica-routing.monitor.password");
	}

	String replication() {
		return read("mysql-primary/replication-password");
	}

	Path certificate() {
		return this.directory.resolve("gateway/tls.crt");
	}

	Path privateKey() {
		return this.directory.resolve("gateway/tls.key");
	}

	private String read(String file) {
		try {
			return Files.readString(this.directory.resolve(file)).strip();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
