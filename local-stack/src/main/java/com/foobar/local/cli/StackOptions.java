package com.foobar.local.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

import com.foobar.local.Layout;
import com.foobar.local.Ports;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/**
 * The options of the commands that start a stack or check whether it could be started.
 */
final class StackOptions {

	@Option(names = "--http-port", paramLabel = "PORT", defaultValue = "${env:HTTP_PORT:-" + Ports.HTTP + "}",
			description = "redirects to https (environment: HTTP_PORT; now: ${DEFAULT-VALUE})")
	private int httpPort;

	@Option(names = "--https-port", paramLabel = "PORT", defaultValue = "${env:HTTPS_PORT:-" + Ports.HTTPS + "}",
			description = "the site (environment: HTTPS_PORT; now: ${DEFAULT-VALUE})")
	private int httpsPort;

	@Option(names = "--management-port", paramLabel = "PORT",
			defaultValue = "${env:MANAGEMENT_PORT:-" + Ports.MANAGEMENT + "}",
			description = "the gateway's console (environment: MANAGEMENT_PORT; now: ${DEFAULT-VALUE})")
	private int managementPort;

	@Option(names = "--web-app-port", paramLabel = "PORT", defaultValue = "" + Ports.WEB_APP,
			description = "the first web-app; the others follow (default: ${DEFAULT-VALUE})")
	private int webAppPort;

	@Option(names = "--web-app-management-port", paramLabel = "PORT", defaultValue = "" + Ports.WEB_APP_MANAGEMENT,
			description = "management of the first web-app; the others follow (default: ${DEFAULT-VALUE})")
	private int webAppManagementPort;

	@Option(names = "--database-port", paramLabel = "PORT", defaultValue = "" + Ports.DATABASE,
			description = "the primary; replicas follow (default: ${DEFAULT-VALUE})")
	private int databasePort;

	@Option(names = "--web-apps", paramLabel = "N", defaultValue = "2",
			description = "the number of web-apps, 1 to 9 (default: ${DEFAULT-VALUE})")
	private int webApps;

	@Option(names = "--replicas", paramLabel = "N", defaultValue = "1",
			description = "the number of replicas, 0 to 9 (default: ${DEFAULT-VALUE})")
	private int replicas;

	@Option(names = "--mariadb-home", paramLabel = "DIR",
			description = "an installed MariaDB 11.4, such as /usr (default: the published binaries)")
	private @Nullable Path mariaDbHome;

	Ports ports() {
		return Ports.from(this.httpPort, this.httpsPort, this.managementPort, this.webAppPort,
				this.webAppManagementPort, this.databasePort, webApps(), replicas());
	}

	int webApps() {
		return requireBetween("--web-apps", this.webApps, 1);
	}

	int replicas() {
		return requireBetween("--replicas", this.replicas, 0);
	}

	Optional<Path> mariaDbHome() {
		return Optional.ofNullable(this.mariaDbHome);
	}

	private static int requireBetween(String name, int count, int least) {
		if (count < least || count > 9) {
			throw new UsageException(String.format(Locale.ROOT, "%s is %d; expected %d to 9", name, count, least));
		}
		return count;
	}

	/**
	 * The directory of the stack.
	 */
	static final class Place {

		@Option(names = "--directory", paramLabel = "DIR", defaultValue = ".foobar",
				description = "the directory of data, secrets and logs (default: ${DEFAULT-VALUE})")
		@SuppressWarnings("NullAway.Init")
		private Path directory;

		Layout layout() {
			return new Layout(this.directory);
		}

	}

}
