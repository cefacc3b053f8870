package com.foobar.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;

import com.foobar.local.database.Account;
import com.foobar.local.database.MariaDbReplica;
import com.foobar.local.database.ReplicatedMariaDb;
import com.foobar.local.process.JavaService;

/**
 * How the web-apps and the gateway are started: which jar, with how much memory, and with
 * which settings. Passwords and keys stay in files.
 */
final class Services {

	private final Layout layout;

	private final Ports ports;

	private final Jars jars;

	private final String listen;

	private final boolean optimize;

	private final BiConsumer<String, ProcessHandle> listener;

	Services(Layout layout, Ports ports, Jars jars, String listen, boolean optimize,
			BiConsumer<String, ProcessHandle> listener) {
		this.layout = layout;
		this.ports = ports;
		this.jars = jars;
		this.listen = listen;
		this.optimize = optimize;
		this.listener = listener;
	}

	JavaService webApp(int index, ReplicatedMariaDb database, List<String> more) {
		String name = "web-app-" + (index + 1);
		int port = this.ports.webApps().get(index);
		List<String> arguments = new ArrayList<>();
		arguments.add("--server.address=127.0.0.1");
		arguments.add("--server.port=" + port);
		arguments.add("--management.server.address=127.0.0.1");
		arguments.add("--management.server.port=" + this.ports.webAppManagement().get(index));
		arguments.add("--foobar.instance=" + name);
		arguments.add("--foobar.server-timing=true");
		arguments.add("--foobar.demo-content=true");
		arguments.add("--foobar.shutdown-delay=3s");
		// The name of a file is a property, its content the value.
		arguments.add("--spring.config.import=configtree:" + relative(this.layout.secrets().resolve("web-app")) + "/");
		arguments.add("--spring.datasource.url=" + database.primary().jdbcUrl());
		arguments.add("--spring.datasource.username=" + Account.APP.username());
		arguments.add("--spring.flyway.user=" + Account.MIGRATION.username());
		arguments.add("--read-replica-routing.primary.name=" + database.primary().name());
		arguments.add("--read-replica-routing.monitor.username=" + Account.MONITOR.username());
		for (int replica = 0; replica < database.replicas().size(); replica++) {
			MariaDbReplica node = database.replica(replica);
			arguments
				.add(String.format(Locale.ROOT, "--read-replica-routing.replicas[%d].name=%s", replica, node.name()));
			arguments
				.add(String.format(Locale.ROOT, "--read-replica-routing.replicas[%d].url=%s", replica, node.jdbcUrl()));
		}
		arguments.addAll(more);
		return service(name, port, "http://127.0.0.1:" + port + "/readyz", command(256, this.jars.webApp(), arguments));
	}

	JavaService gateway(List<String> more) {
		Path secrets = this.layout.secrets().resolve("gateway");
		List<String> arguments = new ArrayList<>();
		arguments.add("--server.address=" + this.listen);
		arguments.add("--server.port=" + this.ports.https());
		arguments.add("--gateway.http-port=" + this.ports.http());
		arguments.add("--gateway.public-https-port=" + this.ports.https());
		arguments.add("--gateway.backends.urls=" + this.ports.webApps()
			.stream()
			.map((port) -> "http://127.0.0.1:" + port)
			.collect(Collectors.joining(",")));
		arguments.add("--management.server.address=127.0.0.1");
		arguments.add("--management.server.port=" + this.ports.management());
		arguments.add("--gateway.admin.password-file=" + relative(this.layout.adminPassword()));
		arguments.add("--foobar.server-timing=true");
		arguments
			.add("--spring.ssl.bundle.pem.gateway.keystore.certificate=file:" + relative(secrets.resolve("tls.crt")));
		arguments
			.add("--spring.ssl.bundle.pem.gateway.keystore.private-key=file:" + relative(secrets.resolve("tls.key")));
		arguments.addAll(more);
		return service("gateway", this.ports.https(),
				"http://127.0.0.1:" + this.ports.management() + "/actuator/health",
				command(192, this.jars.gateway(), arguments));
	}

	private JavaService service(String name, int port, String health, List<String> command) {
		return new JavaService(name, port, URI.create(health), command, this.layout.directory(), this.layout.log(name),
				this.listener);
	}

	private List<String> command(int heapMegabytes, Path jar, List<String> arguments) {
		List<String> command = new ArrayList<>(List.of(
				Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx" + heapMegabytes + "m",
				"-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", "-Dfile.encoding=UTF-8"));
		if (!this.optimize) {
			// Halves the processor time of a start: three of them share a laptop's cores.
			command.add("-XX:TieredStopAtLevel=1");
		}
		if (Runtime.version().feature() >= 24) {
			// From this version on the JVM warns of libraries that call native code.
			command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"));
		}
		command.addAll(List.of("-jar", jar.toString()));
		command.addAll(arguments);
		return command;
	}

	/**
	 * A path relative to the working directory of the services, so that a comma, a
	 * placeholder or a percent sign in that directory's name gets into no setting.
	 */
	private String relative(Path path) {
		return this.layout.directory().relativize(path).toString().replace('\\', '/');
	}

}
