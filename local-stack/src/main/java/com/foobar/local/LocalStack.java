package com.foobar.local;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import javax.net.ssl.SSLContext;

import com.foobar.local.database.MariaDbNode;
import com.foobar.local.database.MariaDbReplica;
import com.foobar.local.database.ReplicatedMariaDb;
import com.foobar.local.process.Directories;
import com.foobar.local.process.JavaService;
import com.foobar.local.process.Part;
import com.foobar.local.process.PartException;
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

	private final @Nullable Thread shutdownHook;

	LocalStack(Layout layout, Ports ports, ReplicatedMariaDb database, List<JavaService> webApps, JavaService gateway,
			boolean temporary, boolean killOnExit) {
		this.layout = layout;
		this.ports = ports;
		this.database = database;
		this.webApps = List.copyOf(webApps);
		this.gateway = gateway;
		this.temporary = temporary;
		this.shutdownHook = killOnExit ? new Thread(this::killServices, "kill-services") : null;
		if (this.shutdownHook != null) {
			Runtime.getRuntime().addShutdownHook(this.shutdownHook);
		}
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
	 * Where plain HTTP is answered with redirects to {@link #httpsUri()}.
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
		return Trust.contextOf(certificateAuthority());
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
	 * All parts, in the order in which they are stopped.
	 */
	public List<Part> parts() {
		List<Part> parts = new ArrayList<>();
		parts.add(this.gateway);
		parts.addAll(this.webApps);
		parts.addAll(this.database.replicas());
		parts.add(this.database.primary());
		return parts;
	}

	/**
	 * Finds a part by its name.
	 * @throws IllegalArgumentException if there is none, with the names that there are
	 */
	public Part part(String name) {
		return parts().stream()
			.filter((part) -> part.name().equals(name))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(String.format(Locale.ROOT,
					"There is no part '%s'; expected one of %s", name, parts().stream().map(Part::name).toList())));
	}

	public Layout layout() {
		return this.layout;
	}

	public Ports ports() {
		return this.ports;
	}

	/**
	 * From now on starts parts again that end by themselves, until the result is closed;
	 * close it before stopping a part on purpose.
	 */
	public AutoCloseable supervise(Progress progress) {
		return new Supervisor(parts(), progress);
	}

	/**
	 * Stops all parts: no request is taken in first, and the primary ends last. A part
	 * that does not end by itself is killed.
	 */
	void stopAll() {
		this.gateway.stop();
		// Each of them waits for its own requests.
		Parallel.run(this.webApps.stream().map((webApp) -> (Runnable) webApp::stop).toList());
		this.database.stopAll();
	}

	@Override
	public void close() {
		try {
			stopAll();
		}
		finally {
			parts().forEach(Part::kill);
			removeHook();
		}
		if (this.temporary) {
			try {
				Directories.delete(this.layout.directory());
			}
			catch (IOException ex) {
				throw new PartException(
						String.format(Locale.ROOT, "%s cannot be removed: %s", this.layout.directory(), ex), ex);
			}
		}
	}

	// The database has a hook of its own.
	private void killServices() {
		this.gateway.process().ifPresent(ProcessHandle::destroyForcibly);
		this.webApps.forEach((webApp) -> webApp.process().ifPresent(ProcessHandle::destroyForcibly));
	}

	private void removeHook() {
		if (this.shutdownHook != null) {
			try {
				Runtime.getRuntime().removeShutdownHook(this.shutdownHook);
			}
			catch (IllegalStateException ex) {
				// The JVM is ending: the hook does the same.
			}
		}
	}

}
