package com.foobar.local;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import com.foobar.local.database.Credentials;
import com.foobar.local.database.ReplicatedMariaDb;
import com.foobar.local.database.ReplicatedMariaDbBuilder;
import com.foobar.local.database.ServerTls;
import com.foobar.local.process.Directories;
import com.foobar.local.process.JavaService;
import com.foobar.local.process.ManagedProcess;
import com.foobar.local.process.Parallel;
import com.foobar.local.process.StackException;
import com.foobar.local.secrets.Secrets;
import com.foobar.local.secrets.SecretsRequest;

/**
 * Starts a stack: secrets, then databases and gateway at the same time, the web-apps as
 * soon as the primary accepts writes, and at last the first page through the gateway.
 */
final class StackStarter {

	private static final Duration FIRST_PAGE_TIMEOUT = Duration.ofSeconds(60);

	private static final long POLL_INTERVAL_MILLIS = 200;

	private final LocalStackBuilder settings;

	private final Layout layout;

	private final Ports ports;

	StackStarter(LocalStackBuilder settings) {
		this.settings = settings;
		this.layout = new Layout(
				(settings.directory != null) ? settings.directory : Directories.createTemporary("foobar-stack"));
		this.ports = (settings.ports != null) ? settings.ports : Ports.free(settings.webApps, settings.replicas);
	}

	LocalStack start() {
		Jars jars = (this.settings.jars != null) ? this.settings.jars : Jars.find();
		SecretsRequest secrets = prepare();
		ReplicatedMariaDb database = database(secrets);
		Services services = new Services(this.layout, this.ports, jars, this.settings);
		List<JavaService> webApps = IntStream.range(0, this.settings.webApps)
			.mapToObj((index) -> services.webApp(index, database))
			.toList();
		LocalStack stack = new LocalStack(this.layout, this.ports, database, webApps, services.gateway(),
				this.settings.directory == null, this.settings.killOnExit);
		try {
			startServices(stack);
			return stack;
		}
		catch (RuntimeException ex) {
			closeAfter(ex, stack);
			throw ex;
		}
	}

	private SecretsRequest prepare() {
		try {
			Directories.createPrivate(this.layout.directory());
			Files.createDirectories(this.layout.logs());
			SecretsRequest request = new SecretsRequest(this.layout.secrets(), Layout.nodes(this.settings.replicas),
					this.layout.secrets().resolve("mariadb-primary").toString(), List.of());
			List<String> changes = Secrets.ensure(request, Clock.systemUTC());
			changes.stream().filter((change) -> !change.endsWith(": written")).forEach(this.settings.progress);
			Files.copy(this.layout.secrets().resolve("authority/ca.crt"), this.layout.certificateAuthority(),
					StandardCopyOption.REPLACE_EXISTING);
			return request;
		}
		catch (IOException ex) {
			throw StackException.of(ex, "%s cannot be prepared: %s", this.layout.directory(), ex);
		}
	}

	private ReplicatedMariaDb database(SecretsRequest secrets) {
		Path trust = this.layout.secrets().resolve("web-app/authority.p12");
		List<ServerTls> tls = secrets.nodes()
			.stream()
			.map(this.layout.secrets()::resolve)
			.map((node) -> new ServerTls(node.resolve("ca.pem"), node.resolve("server-cert.pem"),
					node.resolve("server-key.pem"), trust))
			.toList();
		ReplicatedMariaDbBuilder builder = ReplicatedMariaDb.builder()
			.replicas(this.settings.replicas)
			.directory(this.layout.data())
			.logDirectory(this.layout.logs())
			.ports(this.ports.databases())
			.credentials(Credentials.read(this.layout.secrets().resolve("mariadb-primary")))
			.durable(this.settings.durable)
			.killOnExit(this.settings.killOnExit)
			.tls(tls)
			.listener(this.settings.listener);
		if (this.settings.distribution != null) {
			builder.distribution(this.settings.distribution);
		}
		return builder.build();
	}

	private void startServices(LocalStack stack) {
		Consumer<String> progress = this.settings.progress;
		progress.accept("starting " + String.join(", ", stack.processes().stream().map(ManagedProcess::name).toList()));
		Parallel.run(List.of(() -> start(stack.gateway()), () -> {
			stack.database().startServers();
			progress.accept("the primary accepts writes");
			List<Runnable> next = new ArrayList<>();
			stack.webApps().forEach((webApp) -> next.add(() -> start(webApp)));
			next.add(() -> startReplication(stack.database()));
			Parallel.run(next);
		}));
		awaitFirstPage(stack);
		this.settings.progress.accept("the site responds through the gateway");
	}

	private void start(JavaService service) {
		service.start();
		this.settings.progress.accept(service.name() + " is ready");
	}

	private void startReplication(ReplicatedMariaDb database) {
		database.startReplication();
		database.replicas()
			.forEach((replica) -> this.settings.progress.accept(replica.name() + " has caught up with the primary"));
	}

	private void awaitFirstPage(LocalStack stack) {
		HttpClient client = HttpClient.newBuilder()
			.sslContext(stack.clientContext())
			.connectTimeout(Duration.ofSeconds(2))
			.build();
		HttpRequest request = HttpRequest.newBuilder(stack.httpsUri()).timeout(Duration.ofSeconds(10)).build();
		long deadline = System.nanoTime() + FIRST_PAGE_TIMEOUT.toNanos();
		try {
			String result = probe(client, request);
			while (!result.equals("200")) {
				if (System.nanoTime() > deadline) {
					throw StackException.of("%s returned %s for %d s, expected 200; the logs are in %s", request.uri(),
							result, FIRST_PAGE_TIMEOUT.toSeconds(), this.layout.logs());
				}
				Thread.sleep(POLL_INTERVAL_MILLIS);
				result = probe(client, request);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new StackException("Interrupted before the site responded", ex);
		}
	}

	private static String probe(HttpClient client, HttpRequest request) throws InterruptedException {
		try {
			return Integer.toString(client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode());
		}
		catch (IOException ex) {
			return ex.toString();
		}
	}

	private static void closeAfter(RuntimeException failure, LocalStack stack) {
		// An interrupt ended the start; it must not end the stop as well.
		boolean interrupted = Thread.interrupted();
		try {
			// The gateway has served no request yet. A web-app may be migrating the
			// schema, so it is stopped cleanly.
			stack.gateway().kill();
			stack.close();
		}
		catch (RuntimeException ex) {
			failure.addSuppressed(ex);
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

}
