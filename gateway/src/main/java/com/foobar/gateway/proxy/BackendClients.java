package com.foobar.gateway.proxy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.foobar.gateway.backend.Backend;
import com.foobar.gateway.backend.BackendsListener;
import io.micrometer.core.instrument.MeterRegistry;
import io.netty.channel.EventLoop;
import reactor.netty.resources.LoopResources;

/**
 * The connection pools of all backends, added and removed with the backends.
 */
class BackendClients implements BackendsListener {

	private final Map<Backend, BackendClient> clients = new ConcurrentHashMap<>();

	private final ClientProperties properties;

	private final List<EventLoop> loops;

	private final MeterRegistry registry;

	BackendClients(ClientProperties properties, List<EventLoop> loops, MeterRegistry registry) {
		this.properties = properties;
		this.loops = loops;
		this.registry = registry;
	}

	/**
	 * The event loops on which clients and backends are served, always in the same order.
	 */
	static List<EventLoop> eventLoops(LoopResources resources) {
		List<EventLoop> loops = new ArrayList<>();
		resources.onClient(LoopResources.hasNativeSupport()).forEach((executor) -> loops.add((EventLoop) executor));
		return List.copyOf(loops);
	}

	// A request may still have chosen a backend that went at the same moment. A pool made
	// for it now would stay indefinitely.
	BackendClient of(Backend backend) {
		BackendClient client = this.clients.get(backend);
		return (client != null) ? client : BackendClient.unpooled(backend, this.properties, this.loops);
	}

	@Override
	public void added(Backend backend) {
		this.clients.put(backend,
				BackendClient.pooled(backend, this.properties, this.loops, new PoolMeters(this.registry, backend)));
	}

	@Override
	public void removed(Backend backend) {
		BackendClient client = this.clients.remove(backend);
		if (client != null) {
			client.close();
		}
	}

	void close() {
		this.clients.values().forEach(BackendClient::close);
		this.clients.clear();
	}

}
