package com.foobar.gateway.backend;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.context.SmartLifecycle;

/**
 * Resolves the configured host names at startup and then periodically, on its own thread:
 * a slow name server delays nothing else.
 * <p>
 * A name that cannot be resolved keeps its last addresses: an outage of the name server
 * must not remove working backends. Whether they work is found by health checks.
 */
class BackendDiscovery implements SmartLifecycle {

	/** Before the health checks and the web server, which have later phases. */
	static final int PHASE = 0;

	private static final Logger logger = LoggerFactory.getLogger(BackendDiscovery.class);

	private final BackendsProperties properties;

	private final Backends backends;

	private final AddressResolver resolver;

	private final Map<String, List<InetAddress>> lastKnown = new HashMap<>();

	private volatile @Nullable ScheduledExecutorService executor;

	BackendDiscovery(BackendsProperties properties, Backends backends, AddressResolver resolver) {
		this.properties = properties;
		this.backends = backends;
		this.resolver = resolver;
	}

	/** Resolves each name once. Called by one thread at a time. */
	void resolve() {
		Map<String, Backend> found = new LinkedHashMap<>();
		for (BackendUrl url : this.properties.parsedUrls()) {
			for (InetAddress address : addresses(url.host())) {
				Backend backend = Backend.at(url, address);
				found.putIfAbsent(backend.name(), backend);
			}
		}
		this.backends.replace(List.copyOf(found.values()));
	}

	private List<InetAddress> addresses(String host) {
		try {
			// Sorted, because name servers rotate their records, and the order of the
			// backends must not change with them.
			List<InetAddress> addresses = this.resolver.resolve(host)
				.stream()
				.sorted(Comparator.comparing(InetAddress::getHostAddress))
				.toList();
			this.lastKnown.put(host, addresses);
			return addresses;
		}
		catch (UnknownHostException ex) {
			List<InetAddress> known = this.lastKnown.getOrDefault(host, List.of());
			logger.debug("{} cannot be resolved; keeping {}", host, known, ex);
			return known;
		}
	}

	@Override
	public void start() {
		resolve();
		if (this.backends.snapshot().states().isEmpty()) {
			logger.warn("No backend found yet: none of {} can be resolved. Trying again every {}.",
					this.properties.urls(), this.properties.resolveInterval());
		}
		ScheduledExecutorService started = Executors.newSingleThreadScheduledExecutor((task) -> {
			Thread thread = new Thread(task, "backend-discovery");
			thread.setDaemon(true);
			return thread;
		});
		this.executor = started;
		schedule(started);
	}

	private void schedule(ScheduledExecutorService running) {
		try {
			var unused = running.schedule(() -> resolveAndSchedule(running),
					this.properties.resolveInterval().toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			logger.trace("Stopped; names are no longer resolved", ex);
		}
	}

	// An exception that escapes from a periodic task silently ends its schedule.
	private void resolveAndSchedule(ScheduledExecutorService running) {
		try {
			resolve();
		}
		catch (Throwable ex) {
			logger.error("Resolving the backends failed; trying again in {}", this.properties.resolveInterval(), ex);
		}
		finally {
			schedule(running);
		}
	}

	@Override
	public void stop() {
		ScheduledExecutorService running = this.executor;
		if (running != null) {
			running.shutdownNow();
			this.executor = null;
		}
	}

	@Override
	public boolean isRunning() {
		return this.executor != null;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

	/** Which addresses does a host name have now? May block. */
	@FunctionalInterface
	interface AddressResolver {

		List<InetAddress> resolve(String host) throws UnknownHostException;

	}

}
