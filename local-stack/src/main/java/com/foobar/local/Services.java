package com.foobar.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.foobar.local.database.Account;
import com.foobar.local.database.MariaDbReplica;
import com.foobar.local.database.ReplicatedMariaDb;
import com.foobar.local.process.JavaService;
import com.foobar.local.process.Parallel;

/**
 * How the web-apps and the gateway are started: which jar, with how much memory, and with
 * which settings. Passwords and keys stay in files.
 */
final class Services {

	private final Layout layout;

	private final Ports ports;

	private final Jars jars;

	private final LocalStackBuilder settings;

	Services(Layout layout, Ports ports, Jars jars, LocalStackBuilder settings) {
		this.layout = layout;
		this.ports = ports;
		this.jars = jars;
		this.settings = settings;
	}

	JavaService webApp(int index, ReplicatedMariaDb database) {
		String name = "web-app-" + (index + 1);
		int port = this.ports.webApps().get(index);
		List<String> arguments = new ArrayList<>(List.of("--server.address=127.0.0.1", "--server.port=" + port,
				"--management.server.address=127.0.0.1",
				"--management.server.port=" + this.ports.webAppManagement().get(index), "--foobar.instance=" + name,
				"--foobar.server-timing=true", "--foobar.demo-content=true", "--foobar.shutdown-delay=3s",
				// The name of a file is a property, its content the value.
				"--spring.config.import=configtree:" + relative(this.layout.secrets().resolve("web-app")) + "/",
				"--spring.datasource.url=" + database.primary().jdbcUrl(),
				"--spring.datasource.username=" + Account.APP.username(),
				"--spring.flyway.user=" + Account.MIGRATION.username(),
				"--read-replica-routing.primary.name=" + database.primary().name(),
				"--read-replica-routing.monitor.username=" + Account.MONITOR.username()));
		for (int replica = 0; replica < database.replicas().size(); replica++) {
			MariaDbReplica node = database.replica(replica);
			String prefix = "--read-replica-routing.replicas[" + replica + "].";
			arguments.addAll(List.of(prefix + "name=" + node.name(), prefix + "url=" + node.jdbcUrl()));
		}
		arguments.addAll(this.settings.webAppArguments);
		return service(name, port, "http://127.0.0.1:" + port + "/readyz", command(256, this.jars.webApp(), arguments));
	}

	JavaService gateway() {
		List<String> arguments = new ArrayList<>(
				List.of("--server.address=" + this.settings.listen, "--server.port=" + this.ports.https(),
						"--gateway.http-port=" + this.ports.http(), "--gateway.public-https-port=" + this.ports.https(),
						"--gateway.backends.urls=" + this.ports.webApps()
							.stream()
							.map((port) -> "http://127.0.0.1:" + port)
							.collect(Collectors.joining(",")),
						"--management.server.address=127.0.0.1", "--management.server.port=" + this.ports.management(),
						"--foobar.server-timing=true"));
		arguments.addAll(gatewaySecrets(relative(this.layout.secrets())));
		arguments.addAll(this.settings.gatewayArguments);
		return service("gateway", this.ports.https(),
				"http://127.0.0.1:" + this.ports.management() + "/actuator/health",
				command(192, this.jars.gateway(), arguments));
	}

	private JavaService service(String name, int port, String health, List<String> command) {
		return new JavaService(name, port, URI.create(health), command, this.layout.directory(), this.layout.log(name),
				this.settings.listener);
	}

	private List<String> command(int heapMegabytes, Path jar, List<String> arguments) {
		Optional<StartupArchive> archive = StartupArchive.find(jar);
		List<String> command = new ArrayList<>(List.of(StartupArchive.java(), "-Xmx" + heapMegabytes + "m"));
		command.addAll(jvmOptions(this.settings.optimize));
		archive.map(StartupArchive::option).ifPresent(command::add);
		command.addAll(List.of("-jar", archive.map(StartupArchive::jar).orElse(jar).toString()));
		command.addAll(arguments);
		return command;
	}

	private static List<String> jvmOptions(boolean optimize) {
		List<String> options = new ArrayList<>(
				List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-Dfile.encoding=UTF-8"));
		if (!optimize) {
			// Halves the processor time of a start: three of them share a laptop's cores.
			options.add("-XX:TieredStopAtLevel=1");
		}
		if (Runtime.version().feature() >= 24) {
			// From this version on the JVM warns of libraries that call native code.
			options.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
		}
		return options;
	}

	/**
	 * Records the startup archives of the applications, in starts that need no database.
	 * @param secrets generated for these starts alone
	 */
	static void recordStartup(Jars jars, Path secrets) {
		Parallel.run(List.of(() -> StartupArchive.record(jars.webApp(), jvmOptions(false),
				List.of("--spring.config.import=configtree:" + secrets.resolve("web-app") + "/",
						"--spring.datasource.url=jdbc:mysql://127.0.0.1:1/foobar",
						"--spring.datasource.username=" + Account.APP.username(), "--spring.flyway.enabled=false",
						"--read-replica-routing.replicas[0].url=jdbc:mysql://127.0.0.1:2/foobar",
						"--read-replica-routing.monitor.username=" + Account.MONITOR.username())),
				() -> StartupArchive.record(jars.gateway(), jvmOptions(false),
						Stream
							.concat(Stream.of("--gateway.backends.urls=http://127.0.0.1:1"),
									gatewaySecrets(secrets.toString()).stream())
							.toList())));
	}

	private static List<String> gatewaySecrets(String directory) {
		String bundle = "--spring.ssl.bundle.pem.gateway.keystore.";
		return List.of("--gateway.admin.password-file=" + directory + "/gateway/admin-password",
				bundle + "certificate=file:" + directory + "/gateway/tls.crt",
				bundle + "private-key=file:" + directory + "/gateway/tls.key");
	}

	/**
	 * A path relative to the working directory of the services, so that a comma, a
	 * placeholder or a percent sign in that directory's name gets into no setting.
	 */
	private String relative(Path path) {
		return this.layout.directory().relativize(path).toString().replace('\\', '/');
	}

}
