package com.foobar.routing.servers;

import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Starts servers before the tests of a class, its nested classes included, and stops them
 * afterwards.
 *
 * @param <S> the kind of servers
 */
public final class ServersExtension<S extends ReplicatedServers> implements BeforeAllCallback, AfterAllCallback {

	private final Supplier<S> start;

	private @Nullable S running;

	/** The class that the servers were started for; nested classes use the same. */
	private @Nullable String owner;

	/**
	 * Create an extension.
	 * @param start starts the servers
	 */
	public ServersExtension(Supplier<S> start) {
		this.start = start;
	}

	/**
	 * The running servers.
	 * @return the servers
	 */
	public S get() {
		return Objects.requireNonNull(this.running, "The servers run only during the tests of the class");
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		if (this.running == null) {
			this.owner = context.getUniqueId();
			this.running = this.start.get();
		}
	}

	@Override
	public void afterAll(ExtensionContext context) throws Exception {
		if (this.running != null && context.getUniqueId().equals(this.owner)) {
			this.running.close();
			this.running = null;
		}
	}

}
