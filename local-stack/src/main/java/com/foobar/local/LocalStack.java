package com.foobar.local;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Stream;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import com.foobar.local.database.MariaDbNode;
import com.foobar.local.database.MariaDbReplica;
import com.foobar.local.database.ReplicatedMariaDb;
import com.foobar.local.process.Directories;
import com.foobar.local.process.JavaService;
import com.foobar.local.process.KillOnExit;
import com.foobar.local.process.ManagedProcess;
import com.foobar.local.process.Parallel;
import com.foobar.local.process.StackException;
import org.jspecify.annotations.Nullable;

/**
 * The running site: a gateway, web-apps, a primary and its replicas, each of which can be
 * stopped, killed, paused and started again.
 *
 * <pre>
 * try (LocalStack stack = LocalStack.builder().start()) {
 *     stack.webApp(0).kill();
 *     client.get(stack.httpsUri().resolve("/api/notices"));
 * }
 * </pre>
 *
 * Thread-safe. Closing stops the gateway, the web-apps, the replicas and the primary, in
 * this order; the end of the JVM kills them, unless the builder says otherwise.
 */
public final class LocalStack implements AutoCloseable {

	private final Layout layout;

	private final Ports ports;

	private final ReplicatedMariaDb database;

	private final List<JavaService> webApps;

	private final JavaService gateway;

	private final boolean temporary;

	private final @Nullable KillOnExit killOnExit;

	LocalStack(Layout layout, Ports ports, ReplicatedMariaDb database, List<JavaService> webApps, JavaService gateway,
			boolean temporary, boolean killOnExit) {
		this.layout = layout;
		this.ports = ports;
		this.database = database;
		this.webApps = List.copyOf(webApps);
		this.gateway = gateway;
		this.temporary = temporary;
		// The databases have a hook of their own: they are started before.
		this.killOnExit = killOnExit ? new KillOnExit(Stream.concat(Stream.of(gateway), this.webApps.stream()).toList())
				: null;
	}

	public static LocalStackBuilder builder() {
		return new LocalStackBuilder();
	}

	/**
	 * The site, by the name {@code localhost}.
	 */
	public URI httpsUri() {
		return URI.create("https://localhost:" + this.ports.https() + "/");
	}

	/**
	 * Plain HTTP, which redirects to {@link #httpsUri()}.
	 */
	public URI httpUri() {
		return URI.create("http://localhost:" + this.ports.http() + "/");
	}

	/**
	 * The gateway's console and its actuator endpoints.
	 */
	public URI managementUri() {
		return URI.create("http://127.0.0.1:" + this.ports.management() + "/");
	}

	/**
	 * The PEM file of the certificate authority that signed the site's certificate.
	 */
	public Path certificateAuthority() {
		return this.layout.certificateAuthority();
	}

	/**
	 * Makes a context for clients that trust the site's authority, and no other.
	 */
	public SSLContext clientContext() {
		try (InputStream in = Files.newInputStream(certificateAuthority())) {
			KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
			store.load(null, null);
			store.setCertificateEntry("authority", CertificateFactory.getInstance("X.509").generateCertificate(in));
			TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			trust.init(store);
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, trust.getTrustManagers(), null);
			return context;
		}
		catch (IOException | GeneralSecurityException ex) {
			throw StackException.of(ex, "%s is not a certificate that can be trusted: %s", certificateAuthority(), ex);
		}
	}

	public JavaService gateway() {
		return this.gateway;
	}

	/**
	 * One of the web-apps.
	 * @param index from 0: {@code webApp(0)} is {@code web-app-1}
	 */
	public JavaService webApp(int index) {
		return this.webApps.get(index);
	}

	public List<JavaService> webApps() {
		return this.webApps;
	}

	public ReplicatedMariaDb database() {
		return this.database;
	}

	public MariaDbNode primary() {
		return this.database.primary();
	}

	/**
	 * The first replica.
	 */
	public MariaDbReplica replica() {
		return replica(0);
	}

	/**
	 * One of the replicas.
	 * @param index from 0: {@code replica(0)} is {@code mariadb-replica-1}
	 */
	public MariaDbReplica replica(int index) {
		return this.database.replica(index);
	}

	/**
	 * All processes, in the order in which they are stopped.
	 */
	public List<ManagedProcess> processes() {
		List<ManagedProcess> processes = new ArrayList<>();
		processes.add(this.gateway);
		processes.addAll(this.webApps);
		processes.addAll(this.database.replicas());
		processes.add(this.database.primary());
		return processes;
	}

	/**
	 * Finds a process by its name.
	 * @throws IllegalArgumentException if there is none, with the names that there are
	 */
	public ManagedProcess process(String name) {
		return processes().stream()
			.filter((process) -> process.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					String.format(Locale.ROOT, "There is no process '%s'; expected one of %s", name,
							processes().stream().map(ManagedProcess::name).toList())));
	}

	public Layout layout() {
		return this.layout;
	}

	public Ports ports() {
		return this.ports;
	}

	/**
	 * From now on restarts processes that end by themselves, until the result is closed;
	 * close it before stopping a process on purpose.
	 */
	public AutoCloseable supervise(Consumer<String> progress) {
		return new Supervisor(processes(), progress);
	}

	/**
	 * Stops all processes, the gateway first and the primary last. A process that does
	 * not end within its timeout is killed.
	 */
	void stopAll() {
		this.gateway.stop();
		// Each of them finishes its own requests first.
		Parallel.run(this.webApps.stream().map((webApp) -> (Runnable) webApp::stop).toList());
		this.database.stopAll();
	}

	@Override
	public void close() {
		try {
			stopAll();
		}
		finally {
			processes().forEach(ManagedProcess::kill);
			if (this.killOnExit != null) {
				this.killOnExit.close();
			}
		}
		if (this.temporary) {
			Directories.removeTemporary(this.layout.directory());
		}
	}

}
