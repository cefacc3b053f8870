package com.foobar.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

import com.foobar.local.database.Account;
import com.foobar.local.database.Credentials;
import com.foobar.local.database.Distribution;
import com.foobar.local.database.ReplicatedMariaDb;
import com.foobar.local.database.ReplicatedMariaDbBuilder;
import com.foobar.local.database.ServerTls;
import com.foobar.local.process.Directories;
import com.foobar.local.process.JavaService;
import com.foobar.local.process.PartException;
import com.foobar.local.process.ProcessListener;
import com.foobar.local.secrets.Secrets;
import com.foobar.local.secrets.SecretsRequest;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a stack to start. Not thread-safe.
 */
public final class LocalStackBuilder {

	private int webApps = 2;

	private int replicas = 1;

	private @Nullable Path directory;

	private @Nullable Ports ports;

	private @Nullable Jars jars;

	private @Nullable Distribution distribution;

	private String listen = "127.0.0.1";

	private boolean durable;

	private boolean optimize;

	private boolean killOnExit = true;

	private List<String> webAppArguments = List.of();

	private List<String> gatewayArguments = List.of();

	private Progress progress = (event) -> {
	};

	private ProcessListener listener = (part, process) -> {
	};

	LocalStackBuilder() {
	}

	/**
	 * The number of web-apps. Default 2.
	 */
	public LocalStackBuilder webApps(int count) {
		this.webApps = requireBetween("web-apps", count, 1);
		return this;
	}

	/**
	 * The number of replicas. Default 1.
	 */
	public LocalStackBuilder replicas(int count) {
		this.replicas = requireBetween("replicas", count, 0);
		return this;
	}

	/**
	 * Where everything is kept; what is there is used. Default: a temporary directory
	 * that is removed at the end.
	 */
	public LocalStackBuilder directory(Path directory) {
		this.directory = directory;
		return this;
	}

	/**
	 * The ports, as many as there are parts. Default: free ones.
	 */
	public LocalStackBuilder ports(Ports ports) {
		this.ports = ports;
		return this;
	}

	/**
	 * The jars. Default: those of the build, see {@link Jars#find()}.
	 */
	public LocalStackBuilder jars(Jars jars) {
		this.jars = jars;
		return this;
	}

	/**
	 * The database server's binaries. Default: the published ones for this platform.
	 */
	public LocalStackBuilder distribution(Distribution distribution) {
		this.distribution = distribution;
		return this;
	}

	/**
	 * The address at which the gateway listens. Default {@code 127.0.0.1}: this machine
	 * alone.
	 */
	public LocalStackBuilder listen(String address) {
		this.listen = address;
		return this;
	}

	/**
	 * Whether a commit survives a failure of the whole machine. Default: no.
	 */
	public LocalStackBuilder durable(boolean durable) {
		this.durable = durable;
		return this;
	}

	/**
	 * Whether the JVMs of web-apps and gateway compile for lasting speed, which makes
	 * their start take twice the time; for measurements. Default: no.
	 */
	public LocalStackBuilder optimize(boolean optimize) {
		this.optimize = optimize;
		return this;
	}

	/**
	 * Whether all parts are killed when the JVM ends without {@link LocalStack#close()}.
	 * Default: yes.
	 */
	public LocalStackBuilder killOnExit(boolean kill) {
		this.killOnExit = kill;
		return this;
	}

	/**
	 * Further arguments of each web-app, such as {@code --foobar.shutdown-delay=0s}.
	 */
	public LocalStackBuilder webAppArguments(String... arguments) {
		this.webAppArguments = List.of(arguments);
		return this;
	}

	/**
	 * Further arguments of the gateway, such as {@code --gateway.health.interval=200ms}.
	 */
	public LocalStackBuilder gatewayArguments(String... arguments) {
		this.gatewayArguments = List.of(arguments);
		return this;
	}

	/**
	 * Who is told what happens during the start. Default: nobody.
	 */
	public LocalStackBuilder progress(Progress progress) {
		this.progress = progress;
		return this;
	}

	/**
	 * Who hears of each process that is started. Default: nobody.
	 */
	public LocalStackBuilder listener(ProcessListener listener) {
		this.listener = listener;
		return this;
	}

	/**
	 * Starts all parts and returns when the site answers through the gateway.
	 * @throws PartException if a part does not start; the others are stopped then
	 */
	public LocalStack start() {
		boolean temporary = this.directory == null;
		Layout layout = new Layout((this.directory != null) ? this.directory : temporaryDirectory());
		Ports chosen = (this.ports != null) ? this.ports : Ports.free(this.webApps, this.replicas);
		Jars found = (this.jars != null) ? this.jars : Jars.find();
		SecretsRequest secrets = prepare(layout);
		ReplicatedMariaDb database = startDatabase(layout, chosen, secrets);
		Services services = new Services(layout, chosen, found, this.listen, this.optimize);
		List<JavaService> apps = IntStream.range(0, this.webApps)
			.mapToObj((index) -> new JavaService(services.webApp(index, database, this.webAppArguments), this.listener))
			.toList();
		JavaService gateway = new JavaService(services.gateway(this.gatewayArguments), this.listener);
		LocalStack stack = new LocalStack(layout, chosen, database, apps, gateway, temporary, this.killOnExit);
		try {
			startServices(stack);
			return stack;
		}
		catch (RuntimeException ex) {
			closeAfter(ex, stack);
			throw ex;
		}
	}

	private SecretsRequest prepare(Layout layout) {
		try {
			Directories.createPrivate(layout.directory());
			Files.createDirectories(layout.logs());
			SecretsRequest request = new SecretsRequest(layout.secrets(), Layout.nodes(this.replicas),
					layout.secrets().resolve("mariadb-primary").toString(), List.of());
			List<String> changes = Secrets.ensure(request, Clock.systemUTC());
			changes.stream().filter((change) -> !change.endsWith(": written")).forEach(this.progress::report);
			Files.copy(layout.secrets().resolve("authority/ca.crt"), layout.certificateAuthority(),
					StandardCopyOption.REPLACE_EXISTING);
			return request;
		}
		catch (IOException ex) {
			throw new PartException(String.format(Locale.ROOT, "%s cannot be prepared: %s", layout.directory(), ex),
					ex);
		}
	}

	private ReplicatedMariaDb startDatabase(Layout layout, Ports chosen, SecretsRequest secrets) {
		Path trust = layout.secrets().resolve("web-app/authority.p12");
		List<ServerTls> tls = secrets.nodes()
			.stream()
			.map(layout.secrets()::resolve)
			.map((node) -> new ServerTls(node.resolve("ca.pem"), node.resolve("server-cert.pem"),
					node.resolve("server-key.pem"), trust))
			.toList();
		this.progress.report("starting " + String.join(", ", secrets.nodes()));
		ReplicatedMariaDbBuilder builder = ReplicatedMariaDb.builder()
			.replicas(this.replicas)
			.directory(layout.data())
			.logDirectory(layout.logs())
			.ports(chosen.databases())
			.credentials(credentials(layout))
			.durable(this.durable)
			.killOnExit(this.killOnExit)
			.tls(tls)
			.listener(this.listener);
		if (this.distribution != null) {
			builder.distribution(this.distribution);
		}
		ReplicatedMariaDb database = builder.start();
		this.progress.report(String.format(Locale.ROOT, "the primary accepts writes, %d of %d replicas caught up",
				database.replicas().size(), this.replicas));
		return database;
	}

	private void startServices(LocalStack stack) {
		List<JavaService> services = new ArrayList<>(stack.webApps());
		services.add(stack.gateway());
		this.progress.report("starting " + String.join(", ", services.stream().map(JavaService::name).toList()));
		Parallel.run(services.stream().map((service) -> (Runnable) () -> {
			service.start();
			this.progress.report(service.name() + " is ready");
		}).toList());
		new FirstPage(stack).await();
		this.progress.report("the site answers through the gateway");
	}

	private static Credentials credentials(Layout layout) {
		Map<Account, String> passwords = new EnumMap<>(Account.class);
		Path primary = layout.secrets().resolve("mariadb-primary");
		Map<Account, String> files = Map.of(Account.ROOT, "root-password", Account.APP, "app-password",
				Account.MIGRATION, "migration-password", Account.REPLICATION, "replication-password", Account.MONITOR,
				"monitor-password");
		try {
			for (Map.Entry<Account, String> file : files.entrySet()) {
				passwords.put(file.getKey(), Files.readString(primary.resolve(file.getValue())).strip());
			}
			return Credentials.of(passwords);
		}
		catch (IOException ex) {
			throw new PartException(String.format(Locale.ROOT, "The passwords in %s cannot be read: %s", primary, ex),
					ex);
		}
	}

	private static void closeAfter(RuntimeException failure, LocalStack stack) {
		// An interrupt ended the start; it must not end the stop as well.
		boolean interrupted = Thread.interrupted();
		try {
			// It has served nobody yet. A web-app may be at work on the schema: it is
			// asked.
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

	private static Path temporaryDirectory() {
		try {
			return Files.createTempDirectory("foobar-stack");
		}
		catch (IOException ex) {
			throw new PartException("No temporary directory can be created: " + ex, ex);
		}
	}

	private static int requireBetween(String name, int count, int least) {
		if (count < least || count > 9) {
			throw new IllegalArgumentException(
					String.format(Locale.ROOT, "%s is %d; expected %d to 9", name, count, least));
		}
		return count;
	}

}
