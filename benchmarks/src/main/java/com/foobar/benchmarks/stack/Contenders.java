package com.foobar.benchmarks.stack;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes the contenders. Each has a hundred ports of its own. All JVMs are the same JDK
 * and have the heap that ours have in their containers: half of 640 MB for an application
 * and half of 512 MB for a gateway, and the serial collector, which is the JVM's own
 * choice in containers of that size.
 */
final class Contenders {

	/**
	 * What is compared with what, in the order of the report. The second is the baseline.
	 */
	static final List<String> IDS = List.of("ours", "haproxy", "nginx", "spring-gateway", "lazy-proxy",
			"shardingsphere");

	static final String BASELINE = "haproxy";

	private static final String APPLICATION_HEAP = "-Xmx320m";

	private static final String GATEWAY_HEAP = "-Xmx256m";

	private static final String STOCK = "benchmarks/stock-application/target/board.jar";

	private final Path java;

	private final Path directory;

	private final int basePort;

	private final Databases databases;

	private final Secrets secrets;

	Contenders(Path java, Path directory, int basePort, Databases databases, Secrets secrets) {
		this.java = java;
		this.directory = directory;
		this.basePort = basePort;
		this.databases = databases;
		this.secrets = secrets;
	}

	Contender create(String id) {
		int port = this.basePort + 100 * (1 + IDS.indexOf(id));
		return switch (id) {
			case "ours" -> ours(port);
			case "haproxy" ->
				stock(id, "HAProxy, stock applications, one MySQL", haproxy(port), port, STOCK, List.of());
			case "nginx" -> stock(id, "nginx, stock applications, one MySQL", nginx(port), port, STOCK, List.of());
			case "spring-gateway" -> stock(id, "stock Spring Cloud Gateway, stock applications, one MySQL",
					springGateway(port), port, STOCK, List.of());
			case "lazy-proxy" -> stock(id, "HAProxy, stock applications with Spring's lazy proxy, primary and replica",
					haproxy(port), port, STOCK, List.of("--replica.url=" + this.databases.replicaUrl(),
							"--replica.username=foobar_app", "--replica.password=" + this.secrets.application()));
			case "shardingsphere" ->
				stock(id, "HAProxy, stock applications with ShardingSphere-JDBC, primary and replica", haproxy(port),
						port, "benchmarks/stock-application/target/board-shardingsphere.jar", shardingSphere());
			default -> throw new IllegalArgumentException("There is no contender " + id + "; expected one of " + IDS);
		};
	}

	private Contender ours(int port) {
		List<Node> applications = new ArrayList<>();
		for (int i = 1; i <= 2; i++) {
			List<String> command = new ArrayList<>(List.of(this.java.toString()));
			command.addAll(imageFlags());
			command.addAll(List.of(APPLICATION_HEAP, "-jar", "web-app/target/web-app.jar", "--server.address=127.0.0.1",
					"--server.port=" + (port + i), "--management.server.address=127.0.0.1",
					"--management.server.port=" + (port + 10 + i),
					"--spring.config.import=configtree:" + this.secrets.directory().resolve("web-app") + "/",
					"--spring.datasource.url=" + this.databases.primaryUrl(), "--spring.datasource.username=foobar_app",
					"--spring.flyway.enabled=false",
					"--read-replica-routing.replicas[0].url=" + this.databases.replicaUrl(),
					"--read-replica-routing.monitor.username=foobar_monitor", "--foobar.instance=web-app-" + i,
					"--foobar.server-timing=true", "--foobar.shutdown-delay=3s"));
			applications.add(node(Role.APPLICATION, "ours-web-app-" + i, command));
		}
		List<String> command = new ArrayList<>(List.of(this.java.toString()));
		command.addAll(imageFlags());
		command.addAll(List.of(GATEWAY_HEAP, "--enable-native-access=ALL-UNNAMED", "-jar", "gateway/target/gateway.jar",
				"--server.address=127.0.0.1", "--server.port=" + port, "--gateway.http-port=-1",
				"--gateway.public-https-port=" + port,
				"--gateway.backends.urls=http://127.0.0.1:" + (port + 1) + ",http://127.0.0.1:" + (port + 2),
				"--management.server.address=127.0.0.1", "--management.server.port=" + (port + 10),
				"--gateway.admin.password-file=" + this.secrets.directory().resolve("gateway/admin-password"),
				"--foobar.server-timing=true",
				"--spring.ssl.bundle.pem.gateway.keystore.certificate=file:" + this.secrets.certificate(),
				"--spring.ssl.bundle.pem.gateway.keystore.private-key=file:" + this.secrets.privateKey()));
		return new Contender("ours", "**gateway, web-apps, primary and replica**",
				node(Role.EDGE, "ours-gateway", command), applications, List.of(), port, true, true);
	}

	/** The options of the JVM in our images. */
	private static List<String> imageFlags() {
		try {
			Matcher options = Pattern.compile("JDK_JAVA_OPTIONS=\"([^\"]*)\"")
				.matcher(Files.readString(Path.of("deploy/Dockerfile")));
			if (!options.find()) {
				throw new IllegalStateException("deploy/Dockerfile sets no JDK_JAVA_OPTIONS");
			}
			return List.of(options.group(1).split(" ", -1));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Contender stock(String id, String label, Node edge, int port, String jar, List<String> more) {
		List<Node> applications = new ArrayList<>();
		for (int i = 1; i <= 2; i++) {
			List<String> command = new ArrayList<>(List.of(this.java.toString(), APPLICATION_HEAP, "-XX:+UseSerialGC",
					"-jar", jar, "--server.address=127.0.0.1", "--server.port=" + (port + i)));
			if (more.stream().noneMatch((argument) -> argument.startsWith("--spring.datasource.url"))) {
				command.addAll(List.of("--spring.datasource.url=" + this.databases.primaryUrl(),
						"--spring.datasource.username=foobar_app",
						"--spring.datasource.password=" + this.secrets.application()));
			}
			command.addAll(more);
			applications.add(node(Role.APPLICATION, id + "-application-" + i, command));
		}
		return new Contender(id, label, edge, applications, List.of(), port, !more.isEmpty(), false);
	}

	private List<String> shardingSphere() {
		Path file = write("shardingsphere.yaml", "shardingsphere.yaml", Map.of("PRIMARY", this.databases.primaryUrl(),
				"REPLICA", this.databases.replicaUrl(), "PASSWORD", this.secrets.application()));
		return List.of("--spring.datasource.url=jdbc:shardingsphere:absolutepath:" + file,
				"--spring.datasource.driver-class-name=org.apache.shardingsphere.driver.ShardingSphereDriver");
	}

	private Node haproxy(int port) {
		Path file = balancerFile("haproxy.cfg", port);
		return balancer("haproxy:3.2", "haproxy", port, "haproxy -db -f " + file);
	}

	private Node nginx(int port) {
		Path file = balancerFile("nginx.conf", port);
		return balancer("nginx:1.30", "nginx", port, "nginx -c " + file);
	}

	/** In its published image if that can be had, else the one that is installed. */
	private Node balancer(String image, String name, int port, String command) {
		Path log = this.directory.resolve(name + "-" + port + ".log");
		// Not through Docker's logging, which would take processor time for each line.
		List<String> shell = List.of("sh", "-c", "exec " + command + " >" + log + ".out 2>&1");
		if (!Balancers.hasImage(image)) {
			return Node.process(Role.EDGE, name, shell, log);
		}
		List<String> arguments = new ArrayList<>(List.of("--user", "0", "--security-opt", "seccomp=unconfined",
				"--volume", this.directory + ":" + this.directory, "--entrypoint", "", image));
		arguments.addAll(shell);
		return Node.container(Role.EDGE, "foobar-stack-" + name + "-" + port, arguments, log);
	}

	private Path balancerFile(String template, int port) {
		return write(template, port + "-" + template,
				Map.of("EDGE", String.valueOf(port), "APPLICATION1", String.valueOf(port + 1), "APPLICATION2",
						String.valueOf(port + 2), "DIRECTORY", this.secrets.directory().toString()));
	}

	private Path write(String template, String name, Map<String, String> values) {
		try (InputStream in = Objects.requireNonNull(Contenders.class.getResourceAsStream(template), template)) {
			String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
			for (Map.Entry<String, String> value : values.entrySet()) {
				text = text.replace("@" + value.getKey() + "@", value.getValue());
			}
			return Files.writeString(this.directory.resolve(name), text);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private Node springGateway(int port) {
		return node(Role.EDGE, "spring-gateway", List.of(this.java.toString(), GATEWAY_HEAP, "-XX:+UseSerialGC", "-jar",
				"benchmarks/stock-gateway/target/stock-gateway.jar", "--server.address=127.0.0.1",
				"--server.port=" + port, "--certificate=file:" + this.secrets.certificate(),
				"--private-key=file:" + this.secrets.privateKey(),
				"--spring.cloud.discovery.client.simple.instances.board[0].uri=http://127.0.0.1:" + (port + 1),
				"--spring.cloud.discovery.client.simple.instances.board[1].uri=http://127.0.0.1:" + (port + 2)));
	}

	private Node node(Role role, String name, List<String> command) {
		return Node.process(role, name, command, this.directory.resolve(name + ".log"));
	}

}
