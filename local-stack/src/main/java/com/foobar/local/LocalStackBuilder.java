package com.foobar.local;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

import com.foobar.local.database.Distribution;
import com.foobar.local.process.StackException;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a stack to start. Not thread-safe.
 */
public final class LocalStackBuilder {

	int webApps = 2;

	int replicas = 1;

	@Nullable Path directory;

	@Nullable Ports ports;

	@Nullable Jars jars;

	@Nullable Distribution distribution;

	String listen = "127.0.0.1";

	boolean durable;

	boolean optimize;

	boolean killOnExit = true;

	List<String> webAppArguments = List.of();

	List<String> gatewayArguments = List.of();

	Consumer<String> progress = (event) -> {
	};

	BiConsumer<String, ProcessHandle> listener = (name, process) -> {
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
	 * The directory of data, secrets and logs; existing ones are used. Default: a
	 * temporary directory that is removed at the end.
	 */
	public LocalStackBuilder directory(Path directory) {
		this.directory = directory;
		return this;
	}

	/**
	 * The ports, one for each listener. Default: free ones.
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
	 * Whether all processes are killed when the JVM ends without
	 * {@link LocalStack#close()}. Default: yes.
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
	 * Receives one line for each step of the start. Default: none.
	 */
	public LocalStackBuilder progress(Consumer<String> progress) {
		this.progress = progress;
		return this;
	}

	/**
	 * Receives the name and the handle of each child process. Default: none.
	 */
	public LocalStackBuilder listener(BiConsumer<String, ProcessHandle> listener) {
		this.listener = listener;
		return this;
	}

	/**
	 * Starts all processes and returns when the site responds through the gateway.
	 * @throws StackException if a process does not start; the others are stopped then
	 */
	public LocalStack start() {
		return new StackStarter(this).start();
	}

	private static int requireBetween(String name, int count, int least) {
		if (count < least || count > 9) {
			throw new IllegalArgumentException(
					String.format(Locale.ROOT, "%s is %d; expected %d to 9", name, count, least));
		}
		return count;
	}

}
